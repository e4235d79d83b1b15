import { createAuthenticator } from '@galley/testing/authenticator'
import { TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { password, signUp } from '../../people.ts'

const on = useApp()
const fromOurPage = { 'sec-fetch-site': 'same-origin' }

/** The cookies that an answer sets, by name. */
const cookiesOf = (headers: { 'set-cookie'?: string | string[] }) =>
  Object.fromEntries(
    [headers['set-cookie'] ?? []].flat().map((line) => {
      const [name = '', ...rest] = line.split('=')
      return [name, rest.join('=')]
    }),
  )

const valueOf = (cookie = '') => cookie.split(';')[0]

async function call(path: string, input: object | undefined, cookie: string) {
  const headers = { ...fromOurPage, cookie }
  const response = await on.post(`/trpc/${path}`, input ?? {}, headers)
  return {
    status: response.statusCode,
    body: response.json(),
    cookies: cookiesOf(response.headers),
  }
}

const SESSION = '__Host-galley-session'
const SECOND = '__Host-galley-second-factor'

test('AU11: password, then code, over HTTP; neither secret nor recovery code nor cookie in the log', async () => {
  const person = await signUp(on)
  const started = await call('credentials.startTotp', undefined, person.cookie)
  const { secret, uri } = started.body.result.data
  const code = () => new TOTP({ secret }).generate({ timestamp: Date.now() + 30_000 })
  expect(uri).toContain(encodeURIComponent(person.email))
  const used = new TOTP({ secret }).generate()
  const turnedOn = await call('credentials.confirmTotp', { code: used }, person.cookie)
  const { codes } = turnedOn.body.result.data
  expect(codes).toHaveLength(10)
  const rotated = `${SESSION}=${valueOf(turnedOn.cookies[SESSION])}`
  expect(rotated).not.toBe(person.cookie)
  expect((await call('credentials.deleteTotp', undefined, person.cookie)).status).toBe(401)

  const first = await call('sessions.create', { email: person.email, password }, '')
  expect(first.body.result.data).toEqual({ user: null, secondFactor: true })
  expect(Object.keys(first.cookies)).toEqual([SECOND])
  expect(first.cookies[SECOND]).toMatch(
    /^[\w-]{43}; Path=\/; Expires=[^;]+ GMT; HttpOnly; Secure; SameSite=Lax$/,
  )
  const pending = `${SECOND}=${valueOf(first.cookies[SECOND])}`
  const replayed = await call('sessions.createWithSecondFactor', { code: used }, pending)
  expect(replayed.body.error.data.reason).toBe('session/wrong-code')
  expect(replayed.cookies).toEqual({})
  const second = await call('sessions.createWithSecondFactor', { code: code() }, pending)
  expect(second.body.result.data.user.username).toBe(person.username)
  expect(valueOf(second.cookies[SESSION])).toMatch(/^[\w-]{43}$/)
  expect(second.cookies[SECOND]).toMatch(/^; Max-Age=0/)
  const again = await call('sessions.createWithSecondFactor', { code: codes[0] }, pending)
  expect(again.status).toBe(401)
  expect(again.body.error.data.reason).toBe('session/second-factor-expired')

  const log = on.logs.join('')
  const session = valueOf(second.cookies[SESSION]) ?? ''
  const secrets = [secret, ...codes, session, valueOf(first.cookies[SECOND]) ?? '']
  for (const canary of secrets) expect(log).not.toContain(canary)
})

test('SE7: what changes the ways in needs a recent sign-in, and a step-up counts as one', async () => {
  const person = await signUp(on)
  await on.database.sql`
    update sessions set authenticated_at = now() - interval '11 minutes'
    where user_id = ${person.id}`
  const procedures = ['credentials.startTotp', 'passkeys.startRegistration']
  for (const path of procedures) {
    const refused = await call(path, undefined, person.cookie)
    expect(refused.body.error.data.reason).toBe('session/step-up-required')
  }
  const wrong = await call('sessions.stepUp', { password: 'not this one' }, person.cookie)
  expect(wrong.body.error.data.reason).toBe('password/wrong')
  const stepUp = await call('sessions.stepUp', { password }, person.cookie)
  expect(Date.parse(stepUp.body.result.data.until)).toBeGreaterThan(Date.now() + 9 * 60_000)
  for (const path of procedures) {
    expect((await call(path, undefined, person.cookie)).status).toBe(200)
  }
})

test('a passkey over HTTP: made, used to sign in, listed, deleted', async () => {
  const person = await signUp(on)
  const authenticator = createAuthenticator({ origin: 'https://galley.test' })
  const start = await call('passkeys.startRegistration', undefined, person.cookie)
  const created = await call(
    'passkeys.create',
    { name: 'A key', response: authenticator.create(start.body.result.data.options) },
    person.cookie,
  )
  expect(created.body.result.data).toMatchObject({ id: authenticator.id, name: 'A key' })

  const challenge = await call('passkeys.startSignIn', undefined, '')
  const response = authenticator.get(challenge.body.result.data.options)
  const signedIn = await call('passkeys.signIn', { response }, '')
  expect(signedIn.body.result.data.user.username).toBe(person.username)
  const replayed = await call('passkeys.signIn', { response }, '')
  expect(replayed.body.error.data.reason).toBe('passkey/invalid')
  expect(replayed.cookies).toEqual({})

  const session = `${SESSION}=${valueOf(signedIn.cookies[SESSION])}`
  const deleted = await call('passkeys.delete', { id: authenticator.id }, session)
  expect(deleted.body.result.data).toEqual({ accepted: true })
  expect(Object.keys(deleted.cookies)).toEqual([SESSION])
})
