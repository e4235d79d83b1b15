import { revokeTokens } from '@galley/platform/identities/delete'
import { afterAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { atProvider, openBrowser, problemOf, type TestBrowser } from './identity-browser.ts'
import { signInAs, startCompany } from './identity-company.ts'
import { signUp } from '../../people.ts'

const company = await startCompany()
const other = await startCompany('other')
afterAll(() => Promise.all([company.close(), other.close()]))

const on = useApp({ OIDC_PROVIDERS: JSON.stringify([company.settings, other.settings]) })

const listOf = async (browser: TestBrowser) =>
  (await browser.send({ url: '/trpc/identities.list' })).json().result.data.items

const connect = async (browser: TestBrowser, sub: string, provider = 'company') =>
  browser.comeBack(
    await atProvider(
      await browser.startAt({ provider, intent: 'link', next: '/settings?x=1' }),
      sub,
    ),
  )

async function signedIn() {
  const person = await signUp(on)
  return { person, browser: openBrowser(on, person.cookie) }
}

const reasonOf = (response: { json(): { error: { data: { reason: string } } } }) =>
  response.json().error.data.reason

describe('OA3 connecting an account', () => {
  test('lets the person sign in with it, whatever its address', async () => {
    const { person, browser } = await signedIn()
    const somebody = company.newcomer({ email: undefined })
    const response = await connect(browser, somebody.sub)
    expect(response.headers.location).toBe('/settings?x=1')
    expect(await listOf(browser)).toEqual([
      {
        id: expect.any(String),
        provider: 'company',
        providerLabel: 'Company',
        label: somebody.preferred_username,
        createdAt: expect.any(String),
        lastUsedAt: expect.any(String),
      },
    ])
    const elsewhere = await signInAs(on, somebody.sub)
    expect(await elsewhere.browser.whoAmI()).toBe(person.username)
  })

  test('is in the audit log and in the event that mails the person', async () => {
    const { person, browser } = await signedIn()
    const somebody = company.newcomer()
    await connect(browser, somebody.sub)
    const audit = await on.database.sql`
      select action, actor_id, subject_id, after from audit_log
      where action = 'identity.connected' and subject_id = ${person.id}`
    expect(audit).toEqual([
      {
        action: 'identity.connected',
        actor_id: person.id,
        subject_id: person.id,
        after: { provider: 'company', label: somebody.preferred_username },
      },
    ])
    const events = await on.database.sql`
      select payload from outbox
      where event = 'user.credential-added' and payload->>'userId' = ${person.id}`
    expect(events).toEqual([
      {
        payload: {
          userId: person.id,
          kind: 'identity',
          name: `Company: ${somebody.preferred_username}`,
        },
      },
    ])
  })

  test('needs a session, and one that is fresh', async () => {
    expect(reasonOf(await openBrowser(on).start({ intent: 'link' }))).toBe('session/required')
    const { person, browser } = await signedIn()
    await on.database.sql`
      update sessions set authenticated_at = now() - interval '11 minutes' where user_id = ${person.id}`
    expect(reasonOf(await browser.start({ intent: 'link' }))).toBe('session/step-up-required')
    await on.database.sql`update users set status = 'suspended' where id = ${person.id}`
    expect(reasonOf(await browser.start({ intent: 'link' }))).toBe('user/suspended')
  })

  test('is not done by the callback of somebody else: login CSRF', async () => {
    const attacker = await signedIn()
    const victim = await signedIn()
    const callback = await atProvider(
      await attacker.browser.startAt({ intent: 'link' }),
      company.newcomer().sub,
    )
    // The victim follows the attacker's link, without and with the attacker's cookie planted.
    expect(problemOf(await victim.browser.comeBack(callback))).toBe('identity/attempt-invalid')
    const cookie = '__Host-galley-identity'
    victim.browser.jar.set(cookie, attacker.browser.jar.get(cookie) ?? '')
    expect(problemOf(await victim.browser.comeBack(callback))).toBe('identity/attempt-invalid')
    expect(await listOf(victim.browser)).toEqual([])
    expect(await victim.browser.whoAmI()).toBe(victim.person.username)
  })

  test('is not done by another session of the same person, nor after signing out', async () => {
    const { person, browser } = await signedIn()
    const callback = await atProvider(
      await browser.startAt({ intent: 'link' }),
      company.newcomer().sub,
    )
    await browser.post('/trpc/sessions.delete', {})
    const { email, password } = person
    await browser.post('/trpc/sessions.create', { email, password })
    expect(problemOf(await browser.comeBack(callback))).toBe('identity/attempt-invalid')
    expect(await listOf(browser)).toEqual([])
  })

  test('does not take an account from somebody else, and not a second one of a provider', async () => {
    const first = await signedIn()
    const second = await signedIn()
    const somebody = company.newcomer()
    await connect(first.browser, somebody.sub)
    const taken = await connect(second.browser, somebody.sub)
    expect(taken.headers.location).toBe('/settings?x=1&problem=identity%2Ftaken')
    expect(await listOf(second.browser)).toEqual([])
    const another = await connect(first.browser, company.newcomer().sub)
    expect(problemOf(another)).toBe('identity/already-connected')
    expect(await listOf(first.browser)).toHaveLength(1)
    expect(problemOf(await connect(first.browser, somebody.sub))).toBeNull()
  })

  test('of ten people at once who want one account one has it', async () => {
    const somebody = company.newcomer()
    const people = await Promise.all(Array.from({ length: 10 }, signedIn))
    const answers = await Promise.all(people.map(({ browser }) => connect(browser, somebody.sub)))
    const problems = answers.map(problemOf)
    expect(problems.filter((problem) => problem === null)).toHaveLength(1)
    expect(problems.filter((problem) => problem === 'identity/taken')).toHaveLength(9)
  })
})

describe('disconnecting an account', () => {
  const disconnect = (browser: TestBrowser, id: string) =>
    browser.post('/trpc/identities.delete', { id })

  test('ends sign-in with it, and is in the audit log', async () => {
    const { person, browser } = await signedIn()
    const somebody = company.newcomer()
    await connect(browser, somebody.sub)
    const [{ id }] = await listOf(browser)
    expect((await disconnect(browser, id)).json().result.data).toEqual({ id })
    expect(await listOf(browser)).toEqual([])
    const elsewhere = await signInAs(on, somebody.sub)
    expect(await elsewhere.browser.whoAmI()).not.toBe(person.username)
    const audit = await on.database.sql`
      select before from audit_log
      where action = 'identity.disconnected' and subject_id = ${person.id}`
    expect(audit).toEqual([{ before: { provider: 'company', label: somebody.preferred_username } }])
  })

  test('the provider’s tokens are revoked by a job that holds them encrypted', async () => {
    const { browser } = await signedIn()
    await connect(browser, company.newcomer().sub)
    const [{ id }] = await listOf(browser)
    const [row] = await on.database.sql`
      select refresh_token_encrypted from identities where id = ${id}`
    const { secretBox } = on.deps.domain
    const token = secretBox.decrypt(row?.refresh_token_encrypted, `identity:${id}`)
    await disconnect(browser, id)
    const jobs = await on.database.sql<{ payload: Parameters<typeof revokeTokens>[1] }[]>`
      select data->'payload' as payload from pgboss.job
      where name = 'identities.revoke-tokens' and data::text like ${`%${id}%`}`
    expect(JSON.stringify(jobs)).not.toContain(token)
    company.requests.length = 0
    for (const { payload } of jobs) await revokeTokens(on.deps.domain, payload)
    expect(company.requests).toContain('POST /token/revocation')
  })

  test('needs a fresh session, and finds one’s own only', async () => {
    const owner = await signedIn()
    const stranger = await signedIn()
    await connect(owner.browser, company.newcomer().sub)
    const [{ id }] = await listOf(owner.browser)
    expect(reasonOf(await disconnect(stranger.browser, id))).toBe('identity/not-found')
    await on.database.sql`
      update sessions set authenticated_at = now() - interval '11 minutes'
      where user_id = ${owner.person.id}`
    expect(reasonOf(await disconnect(owner.browser, id))).toBe('session/step-up-required')
    expect(await listOf(owner.browser)).toHaveLength(1)
  })

  test('OA3 leaves a sign-in method, also when the last two go at once', async () => {
    const { browser } = await signInAs(on, company.newcomer().sub)
    const [only] = await listOf(browser)
    expect(reasonOf(await disconnect(browser, only.id))).toBe('credential/last-way-in')
    await connect(browser, other.newcomer().sub, 'other')
    const both = await listOf(browser)
    expect(both).toHaveLength(2)
    const answers = await Promise.all(both.map(({ id }: { id: string }) => disconnect(browser, id)))
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
      200, 409,
    ])
    expect(await listOf(browser)).toHaveLength(1)
  })
})

test('a second factor is asked for after a provider too', async () => {
  const { person, browser } = await signedIn()
  const somebody = company.newcomer()
  await connect(browser, somebody.sub)
  await on.database.sql`
    insert into totp_credentials (user_id, secret_encrypted, confirmed_at)
    values (${person.id}, 'x', now())`
  const elsewhere = await signInAs(on, somebody.sub, { next: '/settings' })
  expect(elsewhere.response.headers.location).toBe('/sign-in/second-factor?next=%2Fsettings')
  expect(await elsewhere.browser.whoAmI()).toBeNull()
  expect([...elsewhere.browser.jar.keys()]).toEqual([
    '__Host-galley-identity',
    '__Host-galley-second-factor',
  ])
})
