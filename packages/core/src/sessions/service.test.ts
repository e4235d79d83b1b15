import { sessions } from '@galley/db/schema'
import { beforeAll, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import type { Ctx } from '../ctx.ts'
import { createUser } from '../users/service.ts'
import { createSession, deleteSession, getSession } from './service.ts'

const domain = useTestDomain()
const { database } = domain
const password = 'correct horse'
const account = { email: 'who@example.com', username: 'whoever', displayName: 'Who', password }

let address = 0
/** A request from an address of its own, that keeps the cookie it is given. */
function request() {
  const jar: { token: string | undefined } = { token: undefined }
  const sessionCookie = {
    token: undefined,
    set: (token: string) => (jar.token = token),
    clear: () => (jar.token = undefined),
  }
  const ctx = domain.anonymous({
    sessionCookie,
    client: { ip: `10.0.0.${++address}`, userAgent: 'test' },
  })
  return { ctx, jar }
}

async function signedInCtx(ctx: Ctx, token: string): Promise<Ctx> {
  const valid = await ctx.sessions.validate(token)
  return valid
    ? { ...ctx, actor: { kind: 'user', sessionId: valid.session.id, user: valid.user } }
    : ctx
}

beforeAll(async () => {
  await createUser(request().ctx, account)
})

test('the right password signs in; signing out ends the session for good', async () => {
  const { ctx, jar } = request()
  const { user } = await createSession(ctx, { email: account.email, password })
  expect(user?.username).toBe('whoever')
  const token = jar.token ?? ''
  const mine = await signedInCtx(ctx, token)
  expect((await getSession(mine)).user?.email).toBe(account.email)
  expect(await deleteSession(mine)).toEqual({ user: null })
  expect(jar.token).toBeUndefined()
  expect(await ctx.sessions.validate(token)).toBeNull()
})

test('a wrong password and an unknown address get the same answer', async () => {
  const fail = (email: string) =>
    createSession(request().ctx, { email, password: 'wrong horse' }).catch(
      (error: unknown) => error,
    )
  const wrong = await fail(account.email)
  expect(wrong).toMatchObject({ reason: 'session/wrong-credentials' })
  const unknown = await fail('nobody@example.com')
  expect(unknown).toMatchObject({ reason: 'session/wrong-credentials' })
  expect(JSON.stringify(unknown)).toBe(JSON.stringify(wrong))
})

test('signing in again ends the session one came with (SE2)', async () => {
  const { ctx, jar } = request()
  await createSession(ctx, { email: account.email, password })
  const planted = jar.token ?? ''
  await createSession(await signedInCtx(ctx, planted), { email: account.email, password })
  expect(jar.token).not.toBe(planted)
  expect(await ctx.sessions.validate(planted)).toBeNull()
})

test('ten guesses at once with five allowed: five are answered, five are throttled', async () => {
  const guessed = { ...account, email: 'guessed@example.com', username: 'guessed' }
  await createUser(request().ctx, guessed)
  const guesses = await Promise.all(
    Array.from({ length: 10 }, () =>
      createSession(request().ctx, { email: guessed.email, password: 'a guess' }).catch(
        (error: { reason: string }) => error.reason,
      ),
    ),
  )
  const count = (reason: string) => guesses.filter((guess) => guess === reason).length
  expect([count('session/wrong-credentials'), count('session/throttled')]).toEqual([5, 5])
  await expect(createSession(request().ctx, { email: guessed.email, password })).rejects.toThrow(
    expect.objectContaining({ reason: 'session/throttled', retryAfterSeconds: expect.any(Number) }),
  )
})

test('a failed sign-in makes no session', async () => {
  const before = await database.db.$count(sessions)
  await createSession(request().ctx, { email: 'none@example.com', password: 'x' }).catch(() => {})
  expect(await database.db.$count(sessions)).toBe(before)
})
