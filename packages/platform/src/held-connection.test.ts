import { expect, test } from 'vitest'
import { useTestDomain } from '../test/context.ts'
import { transact } from './ctx.ts'

const domain = useTestDomain()

test('nothing slow happens while a connection is held', async () => {
  const ctx = domain.anonymous()
  const slow = [
    () => ctx.mailer.send({ to: 'a@example.org', subject: 's', paragraphs: [] }, { id: 'i' }),
    () => ctx.passwords.hash('p'),
    () => ctx.passwords.verify(null, 'p'),
    () => ctx.passwordRules.check('p', []),
  ]
  for (const work of slow) {
    await expect(transact(ctx, async () => work())).rejects.toThrow('a connection is held')
  }
  const hash = await ctx.passwords.hash('p')
  expect(await transact(ctx, async () => hash)).toBe(hash)
})
