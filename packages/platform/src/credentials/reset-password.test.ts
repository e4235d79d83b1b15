import {
  auditLog,
  credentials,
  identities,
  oneTimeTokens,
  passkeys,
  sessions,
  tokenFamilies,
  totpCredentials,
  users,
} from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { and, eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  changePassword,
  createSession,
  createUser,
  resetPassword,
  startSession,
} from '../../test/by-cookies.ts'
import { newcomer, openAccount, password, signIn } from '../../test/account.ts'
import { openBrowser, tokenIn } from '../../test/browser.ts'
import { useTestDomain } from '../../test/context.ts'
import { waitForLock } from '../../test/wait-for-lock.ts'
import { getSession } from '../sessions/get.ts'
import type { Ctx } from '../ctx.ts'
import { only } from '../rows.ts'
import { createToken } from '../tokens/manage.ts'
import { finishReview, requestPasswordReset } from './reset-password.ts'

const domain = useTestDomain()
const { database, anonymous, runJobs, mailTo } = domain
const another = 'nine quiet lighthouses'

beforeAll(async () => {
  await openAccount(domain, { role: 'admin' })
})

async function linkFor(email: string): Promise<string> {
  const after = domain.mails().at(-1)?.number ?? 0
  await requestPasswordReset(anonymous(), { email })
  await runJobs()
  return tokenIn(await mailTo(email, { after }))
}

const byId = async (id: string) =>
  only(await database.db.select().from(users).where(eq(users.id, id)))

const signInWith = async (email: string, password: string) =>
  createSession(await openBrowser(domain).request(), { email, password })

const aToken = { name: 'an API client', scopes: ['users:read' as const], expiresInDays: 90 }
const invalid = { reason: 'link/invalid' }

describe('a reset of the password', () => {
  test('AU7 replaces it, ends every session and every token, and tells the person', async () => {
    const user = await openAccount(domain)
    const browser = await signIn(domain, user)
    const expiresAt = new Date(Date.now() + 86_400_000)
    await database.db.insert(tokenFamilies).values({ userId: user.id, expiresAt })
    const apiClient = await createToken(await browser.session(), aToken)
    await runJobs()
    const token = await linkFor(user.email)
    const own = await browser.request()
    expect(await resetPassword(own, { token, password: another })).toEqual({ accepted: true })
    expect(await database.db.$count(sessions, eq(sessions.userId, user.id))).toBe(0)
    const [family] = await database.db
      .select()
      .from(tokenFamilies)
      .where(eq(tokenFamilies.userId, user.id))
    expect(family?.revokedAt).not.toBeNull()
    expect(await anonymous().bearerTokens.authenticate(apiClient.token)).toBeNull()
    const ended = and(eq(auditLog.action, 'token.deleted'), eq(auditLog.targetId, apiClient.id))
    expect(await database.db.$count(auditLog, ended)).toBe(1)
    await expect(signInWith(user.email, password)).rejects.toMatchObject({
      reason: 'session/wrong-credentials',
    })
    expect(await signInWith(user.email, another)).toMatchObject({ user: { id: user.id } })
    await runJobs()
    expect((await mailTo(user.email)).subject).toBe('Your password at Galley was changed')
  })

  test('AU7 works once: of fifty at once one wins', async () => {
    const user = await openAccount(domain)
    const token = await linkFor(user.email)
    const tries = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) =>
        resetPassword(anonymous(), { token, password: `${another} ${n}` }),
      ),
    )
    const winners = tries.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []))
    expect(winners).toHaveLength(1)
    const losers = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(losers).toEqual(losers.map(() => expect.objectContaining({ reason: 'link/used' })))
    expect(await signInWith(user.email, `${another} ${winners[0]}`)).toMatchObject({
      user: { id: user.id },
    })
  }, 30_000)

  test('AU7 the link holds 256 bits, is stored hashed and works for an hour', async () => {
    const user = await openAccount(domain)
    const token = await linkFor(user.email)
    expect(token).toMatch(/^[\w-]{43}$/)
    const [row] = await database.db
      .select({ text: sql<string>`to_jsonb(one_time_tokens)::text`, at: oneTimeTokens.expiresAt })
      .from(oneTimeTokens)
      .where(eq(oneTimeTokens.userId, user.id))
    expect(row?.text).not.toContain(token)
    const minutes = ((row?.at.getTime() ?? 0) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(58)
    expect(minutes).toBeLessThanOrEqual(60)
    await database.db
      .update(oneTimeTokens)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(oneTimeTokens.userId, user.id))
    await expect(resetPassword(anonymous(), { token, password: another })).rejects.toMatchObject(
      invalid,
    )
  })

  test('AU7 the link dies with the next one, and with a change of the password', async () => {
    const user = await openAccount(domain)
    const first = await linkFor(user.email)
    await domain.waitForMail(10)
    const second = await linkFor(user.email)
    await expect(
      resetPassword(anonymous(), { token: first, password: another }),
    ).rejects.toMatchObject(invalid)
    const browser = await signIn(domain, user)
    const change = { currentPassword: password, password: another }
    await changePassword(await browser.session(), change)
    await expect(
      resetPassword(anonymous(), { token: second, password: 'and yet another' }),
    ).rejects.toMatchObject(invalid)
  })

  test('AU3 a weak password is refused and leaves the link as it was', async () => {
    const user = await openAccount(domain, { username: 'weak-chooser' })
    const token = await linkFor(user.email)
    for (const weak of ['password1', 'weak-chooser1']) {
      await expect(resetPassword(anonymous(), { token, password: weak })).rejects.toMatchObject({
        reason: 'password/too-common',
      })
    }
    await resetPassword(anonymous(), { token, password: another })
  })

  test('lifts the throttle of the account', async () => {
    const user = await openAccount(domain)
    for (let n = 0; n < 5; n += 1) await signInWith(user.email, 'a guess').catch(() => {})
    await expect(signInWith(user.email, password)).rejects.toMatchObject({
      reason: 'session/throttled',
    })
    const token = await linkFor(user.email)
    await resetPassword(anonymous(), { token, password: another })
    expect(await signInWith(user.email, another)).toMatchObject({ user: { id: user.id } })
  })

  test('AU11 leaves the second factor on', async () => {
    const user = await openAccount(domain)
    await database.db.insert(totpCredentials).values({
      userId: user.id,
      secretEncrypted: anonymous().secretBox.encrypt('JBSWY3DPEHPK3PXP', `totp:${user.id}`),
      confirmedAt: new Date(),
    })
    const token = await linkFor(user.email)
    await resetPassword(anonymous(), { token, password: another })
    expect(await signInWith(user.email, another)).toEqual({ user: null, secondFactor: true })
  })

  test('gives a first password to an account that has none', async () => {
    const user = await insertUser(database.db)
    const token = await linkFor(user.email)
    await resetPassword(anonymous(), { token, password: another })
    expect(await signInWith(user.email, another)).toMatchObject({ user: { id: user.id } })
  })

  test('does not end a suspension', async () => {
    const user = await openAccount(domain, { status: 'suspended' })
    const token = await linkFor(user.email)
    await resetPassword(anonymous(), { token, password: another })
    const [row] = await database.db.select().from(users).where(eq(users.id, user.id))
    expect(row?.status).toBe('suspended')
  })

  test('OA2 proves the address of a sign-up as well: what its maker knew is void', async () => {
    const user = await openAccount(domain, { emailVerifiedAt: null })
    const connected = { userId: user.id, provider: 'oidc', subject: 'mallory', label: 'mallory' }
    await database.db.insert(identities).values(connected)
    const token = await linkFor(user.email)
    await resetPassword(anonymous(), { token, password: another })
    expect(await signInWith(user.email, another)).toMatchObject({ user: { id: user.id } })
    expect(await database.db.$count(identities, eq(identities.userId, user.id))).toBe(0)
    await expect(signInWith(user.email, password)).rejects.toMatchObject({
      reason: 'session/wrong-credentials',
    })
  })
})

describe('what signs in besides the password, after a reset', () => {
  const aPasskey = { name: 'a key', publicKey: '', counter: 0, transports: [], backedUp: false }
  const reviewSince = async (ctx: Ctx) => (await getSession(ctx)).user?.reviewSince

  test('stays, and waits until the person has looked through it', async () => {
    const user = await openAccount(domain)
    await database.db.insert(passkeys).values({ ...aPasskey, id: user.id, userId: user.id })
    const before = Date.now()
    await resetPassword(anonymous(), { token: await linkFor(user.email), password: another })
    const browser = openBrowser(domain)
    await createSession(await browser.request(), { email: user.email, password: another })
    const since = await reviewSince(await browser.session())
    expect(Date.parse(since ?? '')).toBeGreaterThanOrEqual(before)
    expect(await database.db.$count(passkeys, eq(passkeys.userId, user.id))).toBe(1)

    expect(await finishReview(await browser.session())).toEqual({ accepted: true })
    expect(await finishReview(await browser.session())).toEqual({ accepted: true })
    expect(await reviewSince(await browser.session())).toBeNull()
    const reviewed = and(
      eq(auditLog.subjectId, user.id),
      eq(auditLog.action, 'user.credentials-reviewed'),
    )
    expect(await database.db.$count(auditLog, reviewed)).toBe(1)
  })

  test('is not for those to keep who came by it', async () => {
    const user = await openAccount(domain)
    await database.db.insert(passkeys).values({ ...aPasskey, id: user.id, userId: user.id })
    await resetPassword(anonymous(), { token: await linkFor(user.email), password: another })
    const browser = openBrowser(domain)
    const { tokenVersion } = await byId(user.id)
    await startSession(await browser.request(), { ...user, tokenVersion }, 'passkey')
    await expect(finishReview(await browser.session())).rejects.toMatchObject({
      reason: 'session/password-required',
    })
    expect(await reviewSince(await browser.session())).not.toBeNull()
  })

  test('is nothing to look through where there is none', async () => {
    const user = await openAccount(domain)
    await resetPassword(anonymous(), { token: await linkFor(user.email), password: another })
    expect((await byId(user.id)).reviewSince).toBeNull()
  })
})

describe('AU4 asking for one', () => {
  test('sends nothing to an address without an account, in the same statements', async () => {
    const user = await openAccount(domain)
    const statements = async (email: string) => {
      database.statements.length = 0
      expect(await requestPasswordReset(anonymous(), { email })).toEqual({ accepted: true })
      return [...database.statements]
    }
    const unknown = await statements('nobody@example.com')
    expect(await statements(user.email)).toEqual(unknown)
    expect(unknown.length).toBeGreaterThan(0)
    await runJobs()
    expect(domain.mails().filter(({ to }) => to === user.email)).toHaveLength(1)
    expect(domain.mails().filter(({ to }) => to === 'nobody@example.com')).toEqual([])
  })

  test('goes to nobody twice in ten minutes, and the link of the one mail works', async () => {
    const user = await openAccount(domain)
    const token = await linkFor(user.email)
    const again = async () => {
      await requestPasswordReset(anonymous(), user)
      await runJobs()
      return domain.mails().filter(({ to }) => to === user.email).length
    }
    expect(await again()).toBe(1)
    await domain.waitForMail(9)
    expect(await again()).toBe(1)
    await resetPassword(anonymous(), { token, password: another })
    // The link is used up: who needs another one gets it.
    await runJobs()
    const before = domain.mails().filter(({ to }) => to === user.email).length
    expect(await again()).toBe(before + 1)
  })

  test('is not undone by a sign-up with the address that comes while it is at work', async () => {
    const person = newcomer('overtaken')
    await createUser(anonymous(), person)
    await runJobs()
    const token = await linkFor(person.email)
    // Begun here, outside of the transaction in which it is let go.
    const begun = Promise.withResolvers<void>()
    const signingUp = begun.promise.then(() =>
      createUser(anonymous(), { ...person, username: 'overtaking' }),
    )
    const { sessions: store } = anonymous()
    const revokeAll: typeof store.revokeAll = async (...given) => {
      begun.resolve()
      await waitForLock(database)
      return store.revokeAll(...given)
    }
    const ctx = { ...anonymous(), sessions: { ...store, revokeAll } }
    await resetPassword(ctx, { token, password: another })
    expect(await signingUp).toEqual({ accepted: true })
    const signedIn = await signInWith(person.email, another)
    expect(signedIn.user).toMatchObject({ username: person.username })
  })

  test('ten times at once sends one mail', async () => {
    const user = await openAccount(domain)
    await Promise.all(Array.from({ length: 10 }, () => requestPasswordReset(anonymous(), user)))
    await runJobs()
    expect(domain.mails().filter(({ to }) => to === user.email)).toHaveLength(1)
  })

  test('leaves no trace of a token in jobs and log', async () => {
    const user = await openAccount(domain)
    const token = await linkFor(user.email)
    const jobs = await database.sql`select * from pgboss.job`
    const audit = await database.sql`select * from audit_log`
    expect(jobs.length).toBeGreaterThan(0)
    expect(JSON.stringify([jobs, audit])).not.toContain(token)
    expect(await database.db.$count(credentials, eq(credentials.userId, user.id))).toBe(1)
  })
})
