import type { AppRouter } from '@galley/api/root'
import { callLinks } from '@galley/client/links'
import { errorReasons } from '@galley/contract/errors'
import { createTRPCClient } from '@trpc/client'
import { afterEach, expect, test, vi } from 'vitest'
import { messageOf, waitOf } from './errors.ts'
import { lostCall } from './failed-call.fixture.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** The failure of a sign-in that the server refuses with this head. */
async function refusedSignIn(headers: HeadersInit): Promise<unknown> {
  const { code, message } = errorReasons['session/throttled']
  const data = { code, reason: 'session/throttled', fields: [], requestId: 'r', httpStatus: 429 }
  const refuse = async () =>
    Response.json([{ error: { code: -32029, message, data } }], { status: 429, headers })
  const links = callLinks<AppRouter>({
    url: '/trpc',
    retries: false,
    timeoutMs: 1000,
    fetch: refuse,
  })
  const client = createTRPCClient<AppRouter>({ links })
  return client.sessions.create.mutate({ email: 'a@b.example', password: 'x' }).then(
    () => undefined,
    (error: unknown) => error,
  )
}

test('too many attempts say when to try again, as far as the server does', async () => {
  expect(messageOf(await refusedSignIn({ 'retry-after': '700' }))).toBe(
    'Too many attempts. Try again in 12 minutes.',
  )
  expect(messageOf(await refusedSignIn({}))).toBe('Too many attempts. Try again later.')
})

test.each([
  [0.2, '1 second'],
  [40, '40 seconds'],
  [60, '1 minute'],
  [61, '2 minutes'],
  [3600, '1 hour'],
  [7300, '3 hours'],
])('%d seconds are %s, never less', (seconds, words) => {
  expect(waitOf(seconds)).toBe(words)
})

test('a lost call says whose connection is missing', () => {
  expect(messageOf(lostCall())).toMatch(/server could not be reached/)
  vi.stubGlobal('window', { navigator: { onLine: false } })
  expect(messageOf(lostCall())).toMatch(/You are offline/)
})
