import { auditLog, credentials, sessions, users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { createSession, deleteSession } from '../../test/by-cookies.ts'
import { openAccount, password, signIn } from '../../test/account.ts'
import { openBrowser } from '../../test/browser.ts'
import { useTestDomain } from '../../test/context.ts'
import { getSession } from './get.ts'

const domain = useTestDomain()
const { database } = domain
const account = { email: 'whoever@example.com', password }

beforeAll(async () => {
  await openAccount(domain, { username: 'whoever' })
})

const reasonOf = (error: { reason?: string }) => error.reason

describe('sign-in', () => {
  test('the right password signs in; signing out ends the session for good', async () => {
    const browser = openBrowser(domain)
    const { user } = await createSession(await browser.request(), account)
    expect(user?.username).toBe('whoever')
    const token = browser.jar.get('session') ?? ''
    const mine = await browser.session()
    expect((await getSession(mine)).user?.email).toBe(account.email)
    expect(await deleteSession(mine)).toEqual({ user: null })
    expect(browser.jar.has('session')).toBe(false)
    expect(await mine.sessions.validate(database.db, token)).toBeNull()
  })

  test('AU4 a wrong password and an unknown address get the same error by the same work', async () => {
    const fail = async (email: string) => {
      const ctx = await openBrowser(domain).request()
      database.statements.length = 0
      const error: unknown = await createSession(ctx, { email, password: 'wrong horse' }).catch(
        (error: unknown) => error,
      )
      // Beginnings: a value that is not there is written as `default`.
      return { error, statements: database.statements.map((one) => one.split('values')[0]) }
    }
    const wrong = await fail(account.email)
    expect(wrong.error).toMatchObject({ reason: 'session/wrong-credentials' })
    const unknown = await fail('nobody@example.com')
    expect(unknown.error).toMatchObject({ reason: 'session/wrong-credentials' })
    expect(JSON.stringify(unknown.error)).toBe(JSON.stringify(wrong.error))
    expect(unknown.statements).toEqual(wrong.statements)
  })

  test('SE2 signing in again ends the session one came with; a planted cookie is worth nothing', async () => {
    const browser = await signIn(domain, account)
    const before = browser.jar.get('session') ?? ''
    await createSession(await browser.request(), account)
    expect(browser.jar.get('session')).not.toBe(before)
    expect(await domain.anonymous().sessions.validate(database.db, before)).toBeNull()

    const planted = 'p'.repeat(43)
    const victim = openBrowser(domain)
    victim.jar.set('session', planted)
    await createSession(await victim.request(), account)
    expect(victim.jar.get('session')).not.toBe(planted)
    expect(await domain.anonymous().sessions.validate(database.db, planted)).toBeNull()
  })

  test('AU5 ten guesses at once with five allowed: five are answered, five are throttled', async () => {
    const { email } = await openAccount(domain, { username: 'guessed' })
    const guess = async () =>
      createSession(await openBrowser(domain).request(), { email, password: 'a guess' }).catch(
        reasonOf,
      )
    const guesses = await Promise.all(Array.from({ length: 10 }, guess))
    const count = (reason: string) => guesses.filter((guess) => guess === reason).length
    expect([count('session/wrong-credentials'), count('session/throttled')]).toEqual([5, 5])
    await expect(
      createSession(await openBrowser(domain).request(), { email, password }),
    ).rejects.toMatchObject({
      reason: 'session/throttled',
      retryAfterSeconds: expect.any(Number),
    })
  })

  test('a failed one makes no session', async () => {
    const before = await database.db.$count(sessions)
    await createSession(await openBrowser(domain).request(), {
      email: 'none@example.com',
      password: 'x',
    }).catch(() => {})
    expect(await database.db.$count(sessions)).toBe(before)
  })

  test('AU1 a weaker hash is replaced once the password is known', async () => {
    const user = await openAccount(domain)
    const weaker =
      '$argon2id$v=19$m=8192,t=1,p=1$ePbzjz323WJCbvnPSLvSbQ$fKQtqs/VKPCek1OcaDNn03aoNHKdiEQViozUjZ7ZK8g'
    const mine = eq(credentials.userId, user.id)
    await database.db.update(credentials).set({ passwordHash: weaker }).where(mine)
    const hash = async () => (await database.db.select().from(credentials).where(mine))[0]
    const wrong = { email: user.email, password: 'a guess' }
    await createSession(await openBrowser(domain).request(), wrong).catch(() => {})
    expect((await hash())?.passwordHash).toBe(weaker)
    await signIn(domain, user)
    const stored = (await hash())?.passwordHash
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    await signIn(domain, user)
    expect((await hash())?.passwordHash).toBe(stored)
  })

  test('LG3 what worked and what did not is written down, with where it came from', async () => {
    const user = await openAccount(domain)
    const browser = openBrowser(domain)
    const wrong = { email: user.email, password: 'a guess' }
    await createSession(await browser.request(), wrong).catch(() => {})
    await createSession(await browser.request(), { email: user.email, password })
    const token = browser.jar.get('session') ?? ''
    await deleteSession(await browser.request())
    const rows = await database.db.select().from(auditLog).where(eq(auditLog.subjectId, user.id))
    expect(rows.map(({ action }) => action).toSorted()).toEqual([
      'session.created',
      'session.deleted',
      'session.refused',
    ])
    for (const row of rows) expect(row).toMatchObject(browser.client)
    expect(JSON.stringify(rows)).not.toMatch(/seventeen|a guess/)
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('SE4 a session is of no use to a person who is gone', async () => {
    const user = await openAccount(domain)
    const browser = await signIn(domain, user)
    await database.db.delete(users).where(eq(users.id, user.id))
    await expect(browser.session()).rejects.toThrow()
  })
})
