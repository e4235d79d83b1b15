import { sessions } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createSession } from '../../test/by-cookies.ts'
import { openAccount, password } from '../../test/account.ts'
import { openBrowser } from '../../test/browser.ts'
import { useTestDomain } from '../../test/context.ts'
import { transact } from '../ctx.ts'
import { revokeAccess } from './revoke-access.ts'

const domain = useTestDomain()
const { database } = domain

/** All access is ended between the moment in which the password is found right and the session. */
test('SE4 a sign-in that began before all access was ended does not outlive it', async () => {
  const account = await openAccount(domain)
  const browser = openBrowser(domain)
  const ctx = await browser.request()
  const passwords = {
    ...ctx.passwords,
    async verify(...args: Parameters<typeof ctx.passwords.verify>) {
      const matches = await ctx.passwords.verify(...args)
      await transact(ctx, (tx) => revokeAccess(ctx, tx, account.id))
      return matches
    },
  }
  await expect(
    createSession({ ...ctx, passwords }, { email: account.email, password }),
  ).rejects.toMatchObject({ reason: 'session/second-factor-expired' })
  expect(browser.jar.has('session')).toBe(false)
  expect(await database.db.$count(sessions, eq(sessions.userId, account.id))).toBe(0)
})
