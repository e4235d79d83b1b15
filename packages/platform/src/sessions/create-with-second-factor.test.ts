import { auditLog, oneTimeTokens, recoveryCodes, sessions } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { createSession, createSessionWithSecondFactor } from '../../test/by-cookies.ts'
import { openAccount, password, signIn as signInWithPassword } from '../../test/account.ts'
import { openBrowser } from '../../test/browser.ts'
import { useTestDomain } from '../../test/context.ts'
import { codeAt, openGuardedAccount, unthrottled } from '../../test/second-factor.ts'
import { transact, type Ctx } from '../ctx.ts'
import { checkSecondFactor } from './check-code.ts'
import { revokeAccess } from './revoke-access.ts'
import { stepUp } from './step-up.ts'

const domain = useTestDomain()
const { database } = domain
const wrong = '000000'

/** A browser after the right password of an account with a second factor. */
async function afterPassword(email: string) {
  const browser = openBrowser(domain)
  const answer = await createSession(await browser.request(), { email, password })
  expect(answer).toEqual({ user: null, secondFactor: true })
  return browser
}

const reasonOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: { reason: string }) => error.reason,
  )

const tally = (reasons: string[]) =>
  Object.fromEntries(
    [...new Set(reasons)].map((reason) => [reason, reasons.filter((one) => one === reason).length]),
  )

describe('the second step of a sign-in', () => {
  test('AU11: the password alone makes no session; a code then does', async () => {
    const { user, secret, nextStep } = await openGuardedAccount(domain)
    const browser = await afterPassword(user.email)
    expect(browser.jar.has('session')).toBe(false)
    const pending = browser.jar.get('second-factor')
    const at = nextStep()
    const ctx = { ...(await browser.request()), now: () => at }
    const answer = await createSessionWithSecondFactor(ctx, { code: codeAt(secret, at) })
    expect(answer.user?.id).toBe(user.id)
    expect((await browser.session()).actor.user.id).toBe(user.id)
    expect(browser.jar.has('second-factor')).toBe(false)

    browser.jar.set('second-factor', pending ?? '')
    const later = nextStep()
    const again = { ...(await browser.request()), now: () => later }
    expect(
      await reasonOf(createSessionWithSecondFactor(again, { code: codeAt(secret, later) })),
    ).toBe('session/second-factor-expired')
  })

  test('AU11: a code is used once, and one older than it never again', async () => {
    const { user, secret, nextStep } = await openGuardedAccount(domain)
    const [older, at] = [nextStep(), nextStep()]
    const use = async (code: string) => {
      const browser = await afterPassword(user.email)
      const ctx = { ...(await browser.request()), now: () => at }
      return reasonOf(createSessionWithSecondFactor(ctx, { code }))
    }
    expect(await use(codeAt(secret, at))).toBe('done')
    expect(await use(codeAt(secret, at))).toBe('session/wrong-code')
    expect(await use(codeAt(secret, older))).toBe('session/wrong-code')
  })

  test('AU11: of five sign-ins with one code at the same moment one succeeds', async () => {
    const { user, secret, nextStep } = await openGuardedAccount(domain)
    const at = nextStep()
    const browsers = await Promise.all([1, 2, 3, 4, 5].map(() => afterPassword(user.email)))
    const before = await database.db.$count(sessions, eq(sessions.userId, user.id))
    const reasons = await Promise.all(
      browsers.map(async (browser) => {
        const ctx = { ...(await browser.request()), now: () => at }
        return reasonOf(createSessionWithSecondFactor(ctx, { code: codeAt(secret, at) }))
      }),
    )
    expect(tally(reasons)).toEqual({ done: 1, 'session/wrong-code': 4 })
    expect(await database.db.$count(sessions, eq(sessions.userId, user.id))).toBe(before + 1)
  })

  test('one right password makes one session, whatever good codes come at once; no code is lost', async () => {
    const { user, codes } = await openGuardedAccount(domain)
    const browser = await afterPassword(user.email)
    const ctx = await browser.request()
    const before = await database.db.$count(sessions, eq(sessions.userId, user.id))
    const reasons = await Promise.all(
      codes.slice(0, 4).map((code) => reasonOf(createSessionWithSecondFactor(ctx, { code }))),
    )
    expect(tally(reasons)).toEqual({ done: 1, 'session/second-factor-expired': 3 })
    expect(await database.db.$count(sessions, eq(sessions.userId, user.id))).toBe(before + 1)
    expect(await database.db.$count(recoveryCodes, eq(recoveryCodes.userId, user.id))).toBe(9)
  })

  test('AU9: after five wrong codes even a right one needs a new sign-in', async () => {
    const { user, codes } = await openGuardedAccount(domain)
    const browser = await afterPassword(user.email)
    const ctx = { ...(await browser.request()), codeThrottle: unthrottled }
    const reasons = await Promise.all(
      Array.from({ length: 10 }, () =>
        reasonOf(createSessionWithSecondFactor(ctx, { code: wrong })),
      ),
    )
    expect(tally(reasons)).toEqual({ 'session/wrong-code': 5, 'session/second-factor-expired': 5 })
    expect(await reasonOf(createSessionWithSecondFactor(ctx, { code: codes[0] ?? '' }))).toBe(
      'session/second-factor-expired',
    )
  })

  test('AU9: guesses are counted by account over all sign-ins and addresses', async () => {
    const { user, codes } = await openGuardedAccount(domain)
    const guess = async (code: string) => {
      const browser = await afterPassword(user.email)
      return reasonOf(createSessionWithSecondFactor(await browser.request(), { code }))
    }
    const reasons: string[] = []
    for (let tries = 0; tries < 12; tries++) reasons.push(await guess(wrong))
    expect(tally(reasons)).toEqual({ 'session/wrong-code': 5, 'session/throttled': 7 })
    expect(await guess(codes[0] ?? '')).toBe('session/throttled')
  })

  test('without its cookie, or too late, there is nothing to confirm', async () => {
    const { user, codes } = await openGuardedAccount(domain)
    const [code = ''] = codes
    const none = openBrowser(domain)
    const late = await afterPassword(user.email)
    await database.db
      .update(oneTimeTokens)
      .set({ expiresAt: new Date(0) })
      .where(and(eq(oneTimeTokens.userId, user.id), eq(oneTimeTokens.purpose, 'second-factor')))
    for (const browser of [none, late]) {
      expect(await reasonOf(createSessionWithSecondFactor(await browser.request(), { code }))).toBe(
        'session/second-factor-expired',
      )
      expect(browser.jar.size).toBe(0)
    }
  })

  test('AU11: a changed password ends the sign-ins that the old one began', async () => {
    const { user, codes } = await openGuardedAccount(domain)
    const browser = await afterPassword(user.email)
    const ctx = await browser.request()
    await transact(ctx, (tx) => revokeAccess(ctx, tx, user.id))
    expect(await reasonOf(createSessionWithSecondFactor(ctx, { code: codes[0] ?? '' }))).toBe(
      'session/second-factor-expired',
    )
  })

  test('SE2: the session that the browser had before ends', async () => {
    const { user, codes } = await openGuardedAccount(domain)
    const browser = await signInWithPassword(domain, await openAccount(domain))
    const before = browser.jar.get('session') ?? ''
    await createSession(await browser.request(), { email: user.email, password })
    await createSessionWithSecondFactor(await browser.request(), { code: codes[0] ?? '' })
    expect(await domain.anonymous().sessions.validate(database.db, before)).toBeNull()
    expect((await browser.session()).actor.user.id).toBe(user.id)
  })
})

describe('what could not be proved is written down, with who tried', () => {
  const refusalsOf = async (userId: string) =>
    (await database.db.select().from(auditLog).where(eq(auditLog.subjectId, userId))).filter(
      ({ action }) => action.endsWith('refused'),
    )

  test('a wrong code at sign-in', async () => {
    const { user } = await openGuardedAccount(domain)
    const browser = await afterPassword(user.email)
    await reasonOf(createSessionWithSecondFactor(await browser.request(), { code: wrong }))
    expect(await refusalsOf(user.id)).toMatchObject([
      { action: 'second-factor.refused', actorKind: 'anonymous', ...browser.client },
    ])
  })

  test('a wrong code at a step-up', async () => {
    const { user, browser } = await openGuardedAccount(domain)
    await reasonOf(stepUp(await browser.session(), { code: wrong }))
    expect(await refusalsOf(user.id)).toMatchObject([
      { action: 'second-factor.refused', actorId: user.id, ...browser.client },
    ])
  })

  test('a wrong password at a step-up', async () => {
    const user = await openAccount(domain)
    const browser = await signInWithPassword(domain, user)
    await reasonOf(stepUp(await browser.session(), { password: 'a wrong guess' }))
    expect(await refusalsOf(user.id)).toMatchObject([
      { action: 'session.step-up-refused', actorId: user.id, ...browser.client },
    ])
  })
})

describe('recovery codes', () => {
  test('AU11: of twenty uses of one code at the same moment one succeeds, and it is written down', async () => {
    const { user, codes } = await openGuardedAccount(domain)
    const [code = ''] = codes
    const ctx: Ctx = { ...domain.anonymous(), codeThrottle: unthrottled }
    const reasons = await Promise.all(
      Array.from({ length: 20 }, () => reasonOf(checkSecondFactor(ctx, user.id, code))),
    )
    expect(tally(reasons)).toEqual({ done: 1, 'session/wrong-code': 19 })
    const used = and(eq(auditLog.subjectId, user.id), eq(auditLog.action, 'recovery-code.used'))
    expect(await database.db.$count(auditLog, used)).toBe(1)
  })

  test('how it is typed does not matter, whose it is does', async () => {
    const { user, codes } = await openGuardedAccount(domain)
    const other = await openGuardedAccount(domain)
    const [code = ''] = codes
    const typed = ` ${code.toUpperCase().replaceAll('-', ' ')} `
    const check = (userId: string) => reasonOf(checkSecondFactor(domain.anonymous(), userId, typed))
    expect(await check(other.user.id)).toBe('session/wrong-code')
    expect(await check(user.id)).toBe('done')
    expect(await check(user.id)).toBe('session/wrong-code')
  })
})

describe('SE7 step-up', () => {
  test('by the password, for ten minutes', async () => {
    const browser = await signInWithPassword(domain, await openAccount(domain))
    const ctx = await browser.session()
    await database.db
      .update(sessions)
      .set({ authenticatedAt: new Date(0) })
      .where(eq(sessions.id, ctx.actor.via.sessionId))
    const { until } = await stepUp(ctx, { password })
    const minutes = (new Date(until).getTime() - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(9)
    expect(minutes).toBeLessThanOrEqual(10)
    const { authenticatedAt } = (await browser.session()).actor.via
    expect(Date.now() - authenticatedAt.getTime()).toBeLessThan(60_000)
  })

  test('a wrong password confirms nothing', async () => {
    const browser = await signInWithPassword(domain, await openAccount(domain))
    const ctx = await browser.session()
    await database.db.update(sessions).set({ authenticatedAt: new Date(0) })
    expect(await reasonOf(stepUp(ctx, { password: 'a wrong one' }))).toBe('password/wrong')
    expect((await browser.session()).actor.via.authenticatedAt).toEqual(new Date(0))
  })

  test('AU11: where the second factor is on, its code and nothing less', async () => {
    const { browser, secret, nextStep } = await openGuardedAccount(domain)
    const at = nextStep()
    const ctx = { ...(await browser.session()), now: () => at }
    expect(await reasonOf(stepUp(ctx, { password }))).toBe('session/code-required')
    expect(await reasonOf(stepUp(ctx, { code: wrong }))).toBe('session/wrong-code')
    expect(await reasonOf(stepUp(ctx, { code: codeAt(secret, at) }))).toBe('done')
    expect(await reasonOf(stepUp(ctx, { code: codeAt(secret, at) }))).toBe('session/wrong-code')
  })

  test('a code where there is no second factor, a password where there is none', async () => {
    const browser = await signInWithPassword(domain, await openAccount(domain))
    expect(await reasonOf(stepUp(await browser.session(), { code: wrong }))).toBe('totp/off')
    expect(await reasonOf(stepUp(await domain.person(), { password }))).toBe('password/not-set')
  })

  test('AU6: who guesses at the sign-in does not keep the owner from it', async () => {
    const user = await openAccount(domain)
    const browser = await signInWithPassword(domain, user)
    for (let tries = 0; tries < 8; tries++) {
      const stranger = await openBrowser(domain).request()
      await reasonOf(createSession(stranger, { email: user.email, password: 'a guess' }))
    }
    expect(await reasonOf(stepUp(await browser.session(), { password }))).toBe('done')
  })
})
