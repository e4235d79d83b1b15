import { afterAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import {
  atProvider,
  changed,
  openBrowser,
  problemOf,
  type TestBrowser,
} from './identity-browser.ts'
import { signInAs, startCompany } from './identity-company.ts'

const company = await startCompany()
const other = await startCompany('other')
afterAll(() => Promise.all([company.close(), other.close()]))

const on = useApp({ OIDC_PROVIDERS: JSON.stringify([company.settings, other.settings]) })

const { newcomer } = company
const IDENTITY_COOKIE = '__Host-galley-identity'

const hasAccount = async (email: string) =>
  (await on.database.sql`select 1 from users where email = ${email}`).length > 0

describe('OA1 a callback opens no session', () => {
  const attempt = async () => {
    const somebody = newcomer()
    const browser = openBrowser(on)
    return { somebody, browser, callback: await atProvider(await browser.startAt(), somebody.sub) }
  }
  type Attempt = Awaited<ReturnType<typeof attempt>>

  type Case = [name: string, reason: string, (at: Attempt) => string | Promise<string>]

  const own: Case[] = [
    ['with two states', 'provider-failed', ({ callback }) => `${callback}&state=x`],
    ['without a code', 'provider-failed', ({ callback }) => changed(callback, { code: null })],
    ['with a made-up code', 'provider-failed', ({ callback }) => changed(callback, { code: 'x' })],
    ['without iss', 'provider-failed', ({ callback }) => changed(callback, { iss: null })],
    [
      'OA6 with the issuer of another provider',
      'provider-failed',
      ({ callback }) => changed(callback, { iss: other.issuer }),
    ],
    [
      'after ten minutes',
      'attempt-invalid',
      async ({ callback }) => {
        await on.database
          .sql`update one_time_tokens set expires_at = now() where purpose = 'identity'`
        return callback
      },
    ],
  ]

  test.for(own)('%s, and uses its attempt up', async ([, reason, change]) => {
    const at = await attempt()
    const response = await at.browser.comeBack(await change(at))
    expect(problemOf(response)).toBe(`identity/${reason}`)
    expect(await at.browser.whoAmI()).toBeNull()
    expect(await hasAccount(at.somebody.email)).toBe(false)
    expect(problemOf(await at.browser.comeBack(at.callback))).toBe('identity/attempt-invalid')
  })

  const foreign: Case[] = [
    ['without a state', 'attempt-invalid', ({ callback }) => changed(callback, { state: null })],
    ['with an empty state', 'attempt-invalid', ({ callback }) => changed(callback, { state: '' })],
    ['with another state', 'attempt-invalid', ({ callback }) => changed(callback, { state: 'x' })],
    [
      'OA6 of another provider than the attempt',
      'attempt-invalid',
      ({ callback }) => callback.replace('/company/', '/other/'),
    ],
    [
      'of a provider that is not there',
      'attempt-invalid',
      ({ callback }) => callback.replace('/company/', '/Nobody%00/'),
    ],
  ]

  test.for(foreign)('%s, and no attempt ends by it', async ([, reason, change]) => {
    const at = await attempt()
    const response = await at.browser.comeBack(await change(at))
    expect(problemOf(response)).toBe(`identity/${reason}`)
    expect(await at.browser.whoAmI()).toBeNull()
    expect(await hasAccount(at.somebody.email)).toBe(false)
    expect(problemOf(await at.browser.comeBack(at.callback))).toBeNull()
    expect(await at.browser.whoAmI()).toBe(at.somebody.preferred_username)
  })

  test('but one with question marks in its query does, which RFC 3986 allows there', async () => {
    const { browser, callback, somebody } = await attempt()
    expect(problemOf(await browser.comeBack(callback.replace('?', '?from=a?b&')))).toBeNull()
    expect(await browser.whoAmI()).toBe(somebody.preferred_username)
  })

  const elsewhere: [name: string, cookie: (browser: TestBrowser) => string | Promise<string>][] = [
    ['without a cookie', () => ''],
    ['with a made-up cookie', () => 'x'.repeat(43)],
    [
      'with the cookie of another browser',
      async () => {
        const another = openBrowser(on)
        await another.startAt()
        return another.jar.get(IDENTITY_COOKIE) ?? ''
      },
    ],
  ]

  test.for(elsewhere)('in a browser that did not begin it, %s', async ([, cookieOf]) => {
    const at = await attempt()
    const browser = openBrowser(on)
    const cookie = await cookieOf(browser)
    if (cookie !== '') browser.jar.set(IDENTITY_COOKIE, cookie)
    expect(problemOf(await browser.comeBack(at.callback))).toBe('identity/attempt-invalid')
    expect(await browser.whoAmI()).toBeNull()
    expect(problemOf(await at.browser.comeBack(at.callback))).toBeNull()
  })

  test('a second time, and of ten at once one', async () => {
    const { browser, callback, somebody } = await attempt()
    const jar = new Map(browser.jar)
    const all = await Promise.all(
      Array.from({ length: 10 }, () => {
        const twin = openBrowser(on)
        for (const [name, value] of jar) twin.jar.set(name, value)
        return twin.comeBack(callback)
      }),
    )
    expect(all.map(problemOf).filter((problem) => problem === null)).toHaveLength(1)
    const session = await on.database.sql`
      select 1 from sessions join users on users.id = user_id where email = ${somebody.email}`
    expect(session).toHaveLength(1)
  })

  test('with the code of another attempt: PKCE', async () => {
    const stolen = await attempt()
    const mine = await attempt()
    const code = new URL(stolen.callback).searchParams.get('code')
    const response = await mine.browser.comeBack(changed(mine.callback, { code }))
    expect(problemOf(response)).toBe('identity/provider-failed')
    expect(await mine.browser.whoAmI()).toBeNull()
  })

  test('OA6 with the nonce of another attempt', async () => {
    const somebody = newcomer()
    const browser = openBrowser(on)
    const url = changed(await browser.startAt(), { nonce: 'of-another-attempt' })
    const response = await browser.comeBack(await atProvider(url, somebody.sub))
    expect(problemOf(response)).toBe('identity/provider-failed')
    expect(await browser.whoAmI()).toBeNull()
  })

  test('when the person declines', async () => {
    const browser = openBrowser(on)
    const response = await browser.comeBack(
      await atProvider(await browser.startAt({ next: '/settings' }), null),
    )
    expect(response.headers.location).toBe('/sign-in?problem=identity%2Fdenied&next=%2Fsettings')
    expect(await browser.whoAmI()).toBeNull()
  })

  test('by another method, or by asking for the head only', async () => {
    const { browser, callback } = await attempt()
    const { pathname, search } = new URL(callback)
    const head = await browser.send({ method: 'HEAD', url: pathname + search })
    expect(head.statusCode).toBe(404)
    const post = await browser.post(pathname + search, {})
    expect(post.statusCode).toBe(404)
    expect(problemOf(await browser.comeBack(callback))).toBeNull()
  })
})

test('attempts in two tabs go on side by side, whichever comes back first', async () => {
  const browser = openBrowser(on)
  const [first, second] = [newcomer(), newcomer()]
  const callbacks = [
    await atProvider(await browser.startAt({ next: '/settings' }), first.sub),
    await atProvider(await browser.startAt({ next: '/users' }), second.sub),
  ]
  const later = await browser.comeBack(callbacks[1] ?? '')
  expect(later.headers.location).toBe('/users')
  expect(await browser.whoAmI()).toBe(second.preferred_username)
  const earlier = await browser.comeBack(callbacks[0] ?? '')
  expect(earlier.headers.location).toBe('/settings')
  expect(await browser.whoAmI()).toBe(first.preferred_username)
  for (const callback of callbacks) {
    expect(problemOf(await browser.comeBack(callback))).toBe('identity/attempt-invalid')
  }
})

test('the callback is never cached, and does not leak its address', async () => {
  const { response } = await signInAs(on, newcomer().sub)
  expect(response.headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  })
  expect(response.body).toBe('')
})

test('the cookie of an attempt is this host’s and no script’s', async () => {
  const response = await openBrowser(on).start()
  expect(String(response.headers['set-cookie'])).toMatch(
    /^__Host-galley-identity=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
  )
  expect(response.body).not.toContain(response.cookies[0]?.value)
})
