import { auditLog, users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { createUser, verifyEmail } from '../../test/by-cookies.ts'
import { newcomer, openAccount, password } from '../../test/account.ts'
import { openBrowser, tokenIn } from '../../test/browser.ts'
import { useTestDomain } from '../../test/context.ts'
import { resendVerification } from './verify-email.ts'

const domain = useTestDomain()
const { database, anonymous, runJobs, mailTo } = domain

// Somebody has to be admin already, or the first to verify here becomes one.
beforeAll(async () => {
  await openAccount(domain, { username: 'the-admin', role: 'admin' })
})

const find = async (email: string) =>
  (await database.db.select().from(users).where(eq(users.email, email)))[0]

describe('verification', () => {
  test('can be asked for again: the newest link works, those before are dead', async () => {
    const email = 'again@example.com'
    await createUser(anonymous(), newcomer('again'))
    await runJobs()
    const first = await mailTo(email)
    const ask = async (minutes: number, address = email) => {
      await domain.waitForMail(minutes)
      expect(await resendVerification(anonymous(), { email: address })).toEqual({ accepted: true })
      await runJobs()
    }
    await ask(9)
    expect(domain.mails().filter(({ to }) => to === email)).toHaveLength(1)
    await ask(1)
    const second = await mailTo(email, { after: first.number })
    const verify = (mail: { text: string }) =>
      verifyEmail(anonymous(), { token: tokenIn(mail), password })
    await expect(verify(first)).rejects.toMatchObject({ reason: 'link/invalid' })
    await verify(second)
    const count = domain.mails().length
    await ask(30)
    await ask(30, 'nobody-at-all@example.com')
    expect(domain.mails()).toHaveLength(count)
  })

  test('in another browser needs the password of the sign-up', async () => {
    const person = newcomer('two-devices')
    await createUser(await openBrowser(domain).request(), person)
    await runJobs()
    const token = tokenIn(await mailTo(person.email))
    const elsewhere = openBrowser(domain)
    const verify = async (password?: string) =>
      verifyEmail(await elsewhere.request(), { token, password })
    await expect(verify()).rejects.toMatchObject({ reason: 'link/password-required' })
    await expect(verify('a wrong one')).rejects.toMatchObject({ reason: 'password/wrong' })
    expect(await verify(password)).toEqual({ email: person.email })
  })

  test('is written to the audit log with the address of who asked', async () => {
    const client = { ip: '203.0.113.9', userAgent: 'Firefox' }
    await createUser(anonymous({ client }), newcomer('audited'))
    await resendVerification(anonymous({ client }), { email: 'audited@example.com' })
    await runJobs()
    const user = await find('audited@example.com')
    const rows = await database.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.subjectId, user?.id ?? ''))
    expect(rows.map(({ action }) => action).toSorted()).toEqual([
      'user.signed-up',
      'user.verification-requested',
    ])
    for (const row of rows) expect(row).toMatchObject({ ...client, actorKind: 'anonymous' })
  })

  test('of one link ten times at once happens once', async () => {
    await createUser(anonymous(), newcomer('clicker'))
    await runJobs()
    const token = tokenIn(await mailTo('clicker@example.com'))
    const clicks = await Promise.allSettled(
      Array.from({ length: 10 }, () => verifyEmail(anonymous(), { token, password })),
    )
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
})
