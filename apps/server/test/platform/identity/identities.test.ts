import { credentials, identities } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { afterAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { atProvider, openBrowser, problemOf } from './identity-browser.ts'
import { signInAs, startCompany } from './identity-company.ts'
import { signUp } from '../../people.ts'

const company = await startCompany()
const other = await startCompany('other')
afterAll(() => Promise.all([company.close(), other.close()]))

const on = useApp({ OIDC_PROVIDERS: JSON.stringify([company.settings, other.settings]) })

const { newcomer } = company

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
