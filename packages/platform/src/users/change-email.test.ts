import { auditLog, oneTimeTokens, users } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { confirmEmailChange, createUser } from '../../test/by-cookies.ts'
import { openAccount, password, signIn } from '../../test/account.ts'
import { tokenIn } from '../../test/browser.ts'
import { useTestDomain } from '../../test/context.ts'
import { requestPasswordReset } from '../credentials/reset-password.ts'
import { transact } from '../ctx.ts'
import { revokeAccess } from '../sessions/revoke-access.ts'
import { requestEmailChange } from './change-email.ts'

const domain = useTestDomain()
const { database, anonymous, runJobs, mailTo } = domain

const emailOf = async (id: string) =>
  (await database.db.select().from(users).where(eq(users.id, id)))[0]?.email

async function askFor(email: string) {
  const user = await openAccount(domain)
  const browser = await signIn(domain, user)
  await requestEmailChange(await browser.session(), { email })
  await runJobs()
  return { user, browser }
}

test('AU8 a new address counts once its mail was read; the old one gets a mail', async () => {
  const { user, browser } = await askFor('moved@example.com')
  const elsewhere = await signIn(domain, user)
  await requestPasswordReset(anonymous(), user)
  await runJobs()
  expect(await emailOf(user.id)).toBe(user.email)
  const mail = await mailTo('moved@example.com')
  expect(mail.text).toContain('https://galley.test/confirm-email?token=')
  const before = browser.jar.get('session')
  expect(await confirmEmailChange(await browser.session(), { token: tokenIn(mail) })).toEqual({
    email: 'moved@example.com',
  })
  expect(await emailOf(user.id)).toBe('moved@example.com')

  expect(browser.jar.get('session')).not.toBe(before)
  expect((await browser.session()).actor.user.email).toBe('moved@example.com')
  await expect(elsewhere.session()).rejects.toThrow()
  const resets = and(eq(oneTimeTokens.userId, user.id), eq(oneTimeTokens.purpose, 'reset-password'))
  expect(await database.db.$count(oneTimeTokens, resets)).toBe(0)
  await expect(
    confirmEmailChange(await browser.session(), { token: tokenIn(mail) }),
  ).rejects.toMatchObject({ reason: 'link/used' })

  await runJobs()
  const notice = await mailTo(user.email)
  expect(notice.subject).toBe('Your address at Galley was changed')
  expect(notice.text).not.toContain('moved@example.com')
  const [row] = await database.db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.subjectId, user.id), eq(auditLog.action, 'user.email-changed')))
  expect(row).toMatchObject({
    before: { email: user.email },
    after: { email: 'moved@example.com' },
  })
})

test('the link is for the account that asked for it: whose mail it is confirms nothing of a stranger', async () => {
  const { user } = await askFor('other-browser@example.com')
  const victim = await signIn(domain, await openAccount(domain))
  const token = tokenIn(await mailTo('other-browser@example.com'))
  await expect(confirmEmailChange(await victim.session(), { token })).rejects.toMatchObject({
    reason: 'link/other-account',
  })
  expect(await emailOf(user.id)).toBe(user.email)
  const elsewhere = await signIn(domain, user)
  await confirmEmailChange(await elsewhere.session(), { token })
  expect(await emailOf(user.id)).toBe('other-browser@example.com')
})

test('AU4 an address that has an account gets the same response and no link', async () => {
  const owner = await openAccount(domain)
  const browser = await signIn(domain, await openAccount(domain))
  const responses = [
    await requestEmailChange(await browser.session(), { email: owner.email }),
    await requestEmailChange(await browser.session(), { email: 'free@example.com' }),
  ]
  expect(responses).toEqual([{ accepted: true }, { accepted: true }])
  await runJobs()
  expect((await mailTo(owner.email)).text).not.toContain('token=')
  expect((await mailTo('free@example.com')).text).toContain('token=')
})

test('an address that somebody took meanwhile is not taken from them', async () => {
  const { user, browser } = await askFor('contested@example.com')
  await openAccount(domain, { email: 'contested@example.com' })
  const token = tokenIn(await mailTo('contested@example.com'))
  await expect(confirmEmailChange(await browser.session(), { token })).rejects.toMatchObject({
    reason: 'link/invalid',
  })
  expect(await emailOf(user.id)).toBe(user.email)
})

test('a sign-up that was never verified does not keep its address from who reads its mail', async () => {
  const email = 'squatted@example.com'
  await createUser(anonymous(), { email, username: 'squatter', displayName: 'S', password })
  await runJobs()
  const after = (await mailTo(email)).number
  const { user, browser } = await askFor(email)
  const token = tokenIn(await mailTo(email, { after }))
  await confirmEmailChange(await browser.session(), { token })
  expect(await emailOf(user.id)).toBe(email)
  expect(await database.db.$count(users, eq(users.username, 'squatter'))).toBe(0)
})

test('a wish that was replaced by another one, or whose account is suspended, is void', async () => {
  const { user, browser } = await askFor('first@example.com')
  const first = tokenIn(await mailTo('first@example.com'))
  await requestEmailChange(await browser.session(), { email: 'second@example.com' })
  await runJobs()
  const second = tokenIn(await mailTo('second@example.com'))
  await database.db.update(users).set({ status: 'suspended' }).where(eq(users.id, user.id))
  for (const token of [first, second]) {
    await expect(confirmEmailChange(await browser.session(), { token })).rejects.toMatchObject({
      reason: 'link/invalid',
    })
  }
  expect(await emailOf(user.id)).toBe(user.email)
})

test('SE4 a session that was ended meanwhile asks for no change', async () => {
  const user = await openAccount(domain)
  const ctx = await (await signIn(domain, user)).session()
  await transact(ctx, (tx) => revokeAccess(ctx, tx, user.id))
  await expect(requestEmailChange(ctx, { email: 'late@example.com' })).rejects.toMatchObject({
    reason: 'session/required',
  })
  await runJobs()
  expect(domain.mails().filter(({ to }) => to === 'late@example.com')).toEqual([])
})

test('asked for again at once, the link in the one mail works', async () => {
  const { user, browser } = await askFor('patient@example.com')
  await requestEmailChange(await browser.session(), { email: 'patient@example.com' })
  await runJobs()
  const mails = domain.mails().filter(({ to }) => to === 'patient@example.com')
  expect(mails).toHaveLength(1)
  expect(mails[0]?.text).not.toContain(user.username)
  expect(mails[0]?.text).not.toContain(user.displayName)
  await confirmEmailChange(await browser.session(), { token: tokenIn(mails[0] ?? { text: '' }) })
  expect(await emailOf(user.id)).toBe('patient@example.com')
})

test('of fifty who follow one link at once, one changes the address', async () => {
  const { user, browser } = await askFor('fifty@example.com')
  const token = tokenIn(await mailTo('fifty@example.com'))
  const ctx = await browser.session()
  const clicks = await Promise.allSettled(
    Array.from({ length: 50 }, () => confirmEmailChange(ctx, { token })),
  )
  expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await emailOf(user.id)).toBe('fifty@example.com')
}, 30_000)
