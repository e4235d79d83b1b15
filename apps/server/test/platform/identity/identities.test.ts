import { credentials, identities } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
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
import { signUp } from '../../people.ts'

const company = await startCompany()
const other = await startCompany('other')
afterAll(() => Promise.all([company.close(), other.close()]))

const on = useApp({ OIDC_PROVIDERS: JSON.stringify([company.settings, other.settings]) })

const { newcomer } = company
const IDENTITY_COOKIE = '__Host-galley-identity'

async function userBy(email: string) {
  const [row] = await on.database.sql<User[]>`
    select id, display_name, role, email_verified_at from users where email = ${email}`
  return row
}
type User = { id: string; display_name: string; role: string; email_verified_at: string | null }

const identitiesOf = (sub: string) =>
  on.database.sql<Identity[]>`
    select access_token_encrypted, refresh_token_encrypted
    from identities where provider = 'company' and subject = ${sub}`
type Identity = { access_token_encrypted: string | null; refresh_token_encrypted: string | null }

const countUsers = async () => (await on.database.sql`select 1 from users`).length

describe('sign-in at a provider', () => {
  test('makes an account the first time, finds it the next, and goes where the person was going', async () => {
    const somebody = newcomer()
    const first = await signInAs(on, somebody.sub, { next: '/settings?x=1' })
    expect(first.response.statusCode).toBe(303)
    expect(first.response.headers.location).toBe('/settings?x=1')
    expect(await first.browser.whoAmI()).toBe(somebody.preferred_username)
    const user = await userBy(somebody.email)
    expect(user).toMatchObject({
      display_name: somebody.name,
      role: expect.stringMatching(/author|admin/),
    })
    expect(user?.email_verified_at).not.toBeNull()

    const before = await countUsers()
    somebody.email = 'changed-there@example.org'
    const second = await signInAs(on, somebody.sub)
    expect(await second.browser.whoAmI()).toBe(somebody.preferred_username)
    expect(await countUsers()).toBe(before)
    expect(await identitiesOf(somebody.sub)).toHaveLength(1)
  })

  test('OA1 asks with PKCE S256, state and nonce, each attempt with its own', async () => {
    const [a, b] = await Promise.all([openBrowser(on).startAt(), openBrowser(on).startAt()])
    const parameters = [a, b].map((url) => new URL(url).searchParams)
    for (const asked of parameters) {
      expect(asked.get('code_challenge_method')).toBe('S256')
      expect(asked.get('redirect_uri')).toBe('https://galley.test/auth/company/callback')
      for (const name of ['state', 'nonce', 'code_challenge']) {
        expect(asked.get(name)).toMatch(/^[\w-]{43}$/)
      }
    }
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(parameters[0]?.get(name)).not.toBe(parameters[1]?.get(name))
    }
  })

  test('keeps the tokens of the provider encrypted, each bound to its row', async () => {
    const somebody = newcomer()
    await signInAs(on, somebody.sub)
    const [row] = await identitiesOf(somebody.sub)
    expect(row?.access_token_encrypted).toMatch(/^v1\.test\./)
    expect(row?.refresh_token_encrypted).toMatch(/^v1\.test\./)
  })

  test('usernames are made to fit, and taken ones get a number', async () => {
    await insertUser(on.database.db, { username: 'jose-nunez' })
    const somebody = newcomer({ preferred_username: undefined, name: 'José Núñez!' })
    const { browser } = await signInAs(on, somebody.sub)
    expect(await browser.whoAmI()).toMatch(/^jose-nunez-\d{7}$/)
    const nameless = newcomer({ preferred_username: '\u0000\u202e', name: '活' })
    const again = await signInAs(on, nameless.sub)
    expect(await again.browser.whoAmI()).toMatch(/^person-\d{7}$/)
  })

  test('of ten browsers of one new person at once each is signed in, to one account', async () => {
    const somebody = newcomer()
    const browsers = Array.from({ length: 10 }, () => openBrowser(on))
    const callbacks = await Promise.all(
      browsers.map(async (browser) => atProvider(await browser.startAt(), somebody.sub)),
    )
    await Promise.all(browsers.map((browser, at) => browser.comeBack(callbacks[at] ?? '')))
    const names = await Promise.all(browsers.map((browser) => browser.whoAmI()))
    expect(names).toEqual(Array.from({ length: 10 }, () => somebody.preferred_username))
    expect(await userBy(somebody.email)).toBeDefined()
    expect(await identitiesOf(somebody.sub)).toHaveLength(1)
  })

  test('SE2 a session that was planted before is not the one after, and is dead', async () => {
    const attacker = await signUp(on)
    const victim = newcomer()
    const browser = openBrowser(on, attacker.cookie)
    await signInAs(on, victim.sub, { browser })
    expect(await browser.whoAmI()).toBe(victim.preferred_username)
    expect([...browser.jar.values()]).not.toContain(attacker.cookie.split('=')[1])
    expect(await openBrowser(on, attacker.cookie).whoAmI()).toBeNull()
  })

  test('offers what is configured, and nothing else', async () => {
    const browser = openBrowser(on)
    const list = await browser.send({ url: '/trpc/identities.providers' })
    expect(list.json().result.data.items).toEqual([
      { name: 'company', label: 'Company', stepUp: true },
      { name: 'other', label: 'Other', stepUp: true },
    ])
    const start = await browser.start({ provider: 'nobody' })
    expect(start.json().error.data.reason).toBe('identity/provider-unknown')
  })
})

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
    expect(await userBy(at.somebody.email)).toBeUndefined()
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
    expect(await userBy(at.somebody.email)).toBeUndefined()
    expect(problemOf(await at.browser.comeBack(at.callback))).toBeNull()
    expect(await at.browser.whoAmI()).toBe(at.somebody.preferred_username)
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

describe('OA4 next', () => {
  test.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/%2fevil.example',
    '/%09/evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    'evil',
    '/sign-in?next=/',
  ])('%s leads to the front page', async (next) => {
    const { response } = await signInAs(on, newcomer().sub, { next })
    expect(response.headers.location).toBe('/')
  })
})

describe('OA2 an e-mail address', () => {
  test('that an account has verified signs nobody in to it', async () => {
    const owner = await signUp(on)
    const somebody = newcomer({ email: owner.email.toUpperCase() })
    const { browser, response } = await signInAs(on, somebody.sub)
    expect(problemOf(response)).toBe('identity/email-taken')
    expect(await browser.whoAmI()).toBeNull()
    expect(await identitiesOf(somebody.sub)).toEqual([])
  })

  test('that an account of somebody else holds unverified is the person’s: pre-hijack', async () => {
    const somebody = newcomer()
    const attacker = await insertUser(on.database.db, {
      username: 'pre-hijacker',
      email: somebody.email,
      emailVerifiedAt: null,
    })
    await on.database.db
      .insert(credentials)
      .values({ userId: attacker.id, passwordHash: 'the attacker’s' })
    await on.database.db.insert(identities).values({
      userId: attacker.id,
      provider: 'other',
      subject: 'the-attacker',
      label: 'attacker',
    })
    const { browser } = await signInAs(on, somebody.sub)
    expect(await browser.whoAmI()).toBe(somebody.preferred_username)
    const user = await userBy(somebody.email)
    expect(user?.id).not.toBe(attacker.id)
    const left = await on.database.sql`
      select 1 from credentials where user_id = ${attacker.id}
      union all select 1 from identities where subject = 'the-attacker'`
    expect(left).toEqual([])
  })

  test('that the provider has not verified is confirmed by mail before anybody signs in', async () => {
    for (const email_verified of [false, undefined, 'true', 1]) {
      const somebody = newcomer({ email_verified })
      for (const _ of ['first', 'again']) {
        const { browser, response } = await signInAs(on, somebody.sub)
        expect(problemOf(response)).toBe('session/email-unverified')
        expect(await browser.whoAmI()).toBeNull()
      }
      expect((await userBy(somebody.email))?.email_verified_at).toBeNull()
    }
  })

  test('that the provider has not verified tells nobody whether an account has it', async () => {
    const owner = await signUp(on)
    const somebody = newcomer({ email: owner.email, email_verified: false })
    const { browser, response } = await signInAs(on, somebody.sub)
    expect(problemOf(response)).toBe('session/email-unverified')
    expect(await browser.whoAmI()).toBeNull()
    expect(await identitiesOf(somebody.sub)).toEqual([])
  })

  test('is needed for a new account', async () => {
    for (const email of [undefined, '', ['x@example.org']]) {
      const { response } = await signInAs(on, newcomer({ email }).sub)
      expect(problemOf(response)).toBe('identity/email-missing')
    }
    const { response } = await signInAs(on, newcomer({ email: 'not an address' }).sub)
    expect(problemOf(response)).toBe('identity/email-refused')
  })
})
