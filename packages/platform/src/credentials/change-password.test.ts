import { credentials, sessions, tokenFamilies } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import {
  changePassword,
  confirmEmailChange,
  createSession,
  setPassword,
  startSession,
} from '../../test/by-cookies.ts'
import { openAccount, password, signIn } from '../../test/account.ts'
import { openBrowser, tokenIn } from '../../test/browser.ts'
import { useTestDomain } from '../../test/context.ts'
import { hasRecentAuth } from '../actor.ts'
import { createToken } from '../tokens/manage.ts'
import { requestEmailChange } from '../users/change-email.ts'
import { getCredentials } from './get.ts'

const domain = useTestDomain()
const { database, anonymous, runJobs, mailTo } = domain
const another = 'nine quiet lighthouses'
const change = { currentPassword: password, password: another }

describe('changing the password', () => {
  test('AU8 ends every other session and every token; the own session goes on as a new one', async () => {
    const user = await openAccount(domain)
    const browser = await signIn(domain, user)
    const elsewhere = await signIn(domain, user)
    const expiresAt = new Date(Date.now() + 86_400_000)
    await database.db.insert(tokenFamilies).values({ userId: user.id, expiresAt })
    const aToken = { name: 'an API client', scopes: ['users:read' as const], expiresInDays: 90 }
    const { token } = await createToken(await browser.session(), aToken)
    await runJobs()
    const before = browser.jar.get('session') ?? ''
    expect(await changePassword(await browser.session(), change)).toEqual({ accepted: true })
    expect(browser.jar.get('session')).not.toBe(before)
    expect((await browser.session()).actor.user.id).toBe(user.id)
    expect(await anonymous().sessions.validate(database.db, before)).toBeNull()
    await expect(elsewhere.session()).rejects.toThrow()
    expect(await database.db.$count(sessions, eq(sessions.userId, user.id))).toBe(1)
    const [family] = await database.db
      .select()
      .from(tokenFamilies)
      .where(eq(tokenFamilies.userId, user.id))
    expect(family?.revokedAt).not.toBeNull()
    expect(await anonymous().bearerTokens.authenticate(token)).toBeNull()
    await runJobs()
    expect((await mailTo(user.email)).subject).toBe('Your password at Galley was changed')
  })

  test('does not renew the proof: a session of long ago is as old and as little fresh as before', async () => {
    const user = await openAccount(domain)
    const browser = await signIn(domain, user)
    const began = new Date(Date.now() - 29 * 86_400_000)
    const end = new Date(Date.now() + 86_400_000)
    const old = { createdAt: began, authenticatedAt: began, absoluteExpiresAt: end, expiresAt: end }
    await database.db.update(sessions).set(old).where(eq(sessions.userId, user.id))
    await changePassword(await browser.session(), change)
    const [row] = await database.db.select().from(sessions).where(eq(sessions.userId, user.id))
    expect(row).toMatchObject(old)
    expect(hasRecentAuth(anonymous(), (await browser.session()).actor.via)).toBe(
      'session/step-up-required',
    )
  })

  test('AU8 needs the current password, and guesses at it are throttled', async () => {
    const user = await openAccount(domain)
    const browser = await signIn(domain, user)
    const ctx = await browser.session()
    const guesses = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        changePassword(ctx, { ...change, currentPassword: `a guess ${n}` }).catch(
          (error: { reason: string }) => error.reason,
        ),
      ),
    )
    const count = (reason: string) => guesses.filter((guess) => guess === reason).length
    expect([count('password/wrong'), count('session/throttled')]).toEqual([5, 5])
    await expect(changePassword(ctx, change)).rejects.toMatchObject({ reason: 'session/throttled' })
    expect((await browser.session()).actor.user.id).toBe(user.id)
  })

  test('AU6 strangers who guess at sign-in do not keep the owner from it', async () => {
    const user = await openAccount(domain)
    const browser = await signIn(domain, user)
    for (let n = 0; n < 6; n += 1) {
      const guess = { email: user.email, password: 'a guess' }
      await createSession(await openBrowser(domain).request(), guess).catch(() => {})
    }
    expect(await changePassword(await browser.session(), change)).toEqual({ accepted: true })
  })

  test('AU3 refuses a weak one', async () => {
    const browser = await signIn(domain, await openAccount(domain))
    const weak = { ...change, password: 'galley1234' }
    await expect(changePassword(await browser.session(), weak)).rejects.toMatchObject({
      reason: 'password/too-common',
    })
  })

  test('of four at once, one holds', async () => {
    const user = await openAccount(domain)
    const ctx = await (await signIn(domain, user)).session()
    const tries = await Promise.allSettled(
      Array.from({ length: 4 }, (_, n) =>
        changePassword(ctx, { ...change, password: `${another} ${n}` }),
      ),
    )
    const winners = tries.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []))
    expect(winners).toHaveLength(1)
    const login = { email: user.email, password: `${another} ${winners[0]}` }
    expect(await createSession(await openBrowser(domain).request(), login)).toMatchObject({
      user: { id: user.id },
    })
  })

  test.each([
    ['mailed already', 'thief@example.com'],
    ['not mailed yet', 'slow-thief@example.com'],
  ])('ends a change of the address that was asked for before: %s', async (when, email) => {
    const browser = await signIn(domain, await openAccount(domain))
    await requestEmailChange(await browser.session(), { email })
    if (when === 'mailed already') await runJobs()
    await changePassword(await browser.session(), change)
    await runJobs()
    const token = tokenIn(await mailTo(email))
    await expect(confirmEmailChange(await browser.session(), { token })).rejects.toMatchObject({
      reason: 'link/invalid',
    })
  })
})

describe('setting a first password', () => {
  test('is for accounts that have none', async () => {
    const user = await insertUser(database.db)
    const browser = openBrowser(domain)
    await startSession(await browser.request(), user, 'identity')
    const before = browser.jar.get('session')
    expect(await getCredentials(await browser.session())).toMatchObject({ password: false })
    await setPassword(await browser.session(), { password })
    expect(browser.jar.get('session')).not.toBe(before)
    expect(await getCredentials(await browser.session())).toEqual({
      email: user.email,
      password: true,
      totp: false,
      recoveryCodesLeft: 0,
      passkeys: 0,
      identities: 0,
    })
    await expect(setPassword(await browser.session(), { password: another })).rejects.toMatchObject(
      { reason: 'password/already-set' },
    )
    await expect(
      changePassword(await domain.person(), { ...change, currentPassword: 'x' }),
    ).rejects.toMatchObject({ reason: 'password/not-set' })
    expect(await database.db.$count(credentials, eq(credentials.userId, user.id))).toBe(1)
  })
})
