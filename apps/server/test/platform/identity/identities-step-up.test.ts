import { afterAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import {
  atProvider,
  changed,
  openBrowser,
  problemOf,
  type TestBrowser,
} from './identity-browser.ts'
import { startCompany } from './identity-company.ts'
import { signUp } from '../../people.ts'

const company = await startCompany()
afterAll(() => company.close())

const on = useApp({
  OIDC_PROVIDERS: JSON.stringify([company.settings]),
  GITHUB_CLIENT_ID: 'galley',
  GITHUB_CLIENT_SECRET: 'a secret of github',
})

const toPage = { intent: 'step-up', next: '/settings/security?x=1' } as const

/** Somebody whose account at the company is connected, and who signed in long ago. */
async function connected() {
  const person = await signUp(on)
  const browser = openBrowser(on, person.cookie)
  const { sub } = company.newcomer()
  await browser.comeBack(await atProvider(await browser.startAt({ intent: 'link' }), sub))
  await on.database.sql`
    update sessions set authenticated_at = now() - interval '1 hour' where user_id = ${person.id}`
  return { person, browser, sub }
}

const reasonOf = (response: { json(): { error: { data: { reason: string } } } }) =>
  response.json().error.data.reason

const isFresh = async (browser: TestBrowser) =>
  (await browser.post('/trpc/credentials.startTotp', {})).statusCode === 200

describe('SE7 step-up at a provider', () => {
  test('asks for a new sign-in there, and makes the session fresh', async () => {
    const { browser, sub } = await connected()
    expect(await isFresh(browser)).toBe(false)
    const url = await browser.startAt(toPage)
    expect(new URL(url).searchParams.get('prompt')).toBe('login')
    expect(new URL(url).searchParams.get('max_age')).toBe('0')
    const response = await browser.comeBack(await atProvider(url, sub))
    expect(response.headers.location).toBe('/settings/security?x=1')
    expect(await isFresh(browser)).toBe(true)
  })

  test('is refused where the provider does not say when the person signed in', async () => {
    const { browser, sub } = await connected()
    const url = changed(await browser.startAt(toPage), { prompt: null, max_age: null })
    const response = await browser.comeBack(await atProvider(url, sub))
    expect(response.headers.location).toBe(
      '/settings/security?x=1&problem=identity%2Fstep-up-refused',
    )
    expect(await isFresh(browser)).toBe(false)
  })

  test('is refused where that was before it was asked for', async () => {
    const { browser, sub } = await connected()
    const callback = await atProvider(await browser.startAt(toPage), sub)
    const later = new Date(Date.now() + 90_000).toISOString()
    await on.database.sql`
      update one_time_tokens set data = jsonb_set(data, '{startedAt}', to_jsonb(${later}::text))
      where purpose = 'identity'`
    expect(problemOf(await browser.comeBack(callback))).toBe('identity/step-up-refused')
    expect(await isFresh(browser)).toBe(false)
  })

  test('is refused of an account there that is not the connected one', async () => {
    const { browser } = await connected()
    const { sub } = company.newcomer()
    const response = await browser.comeBack(await atProvider(await browser.startAt(toPage), sub))
    expect(problemOf(response)).toBe('identity/not-connected')
    expect(await isFresh(browser)).toBe(false)
  })

  test('is for the session alone that asked for it', async () => {
    const { person, browser, sub } = await connected()
    const callback = await atProvider(await browser.startAt(toPage), sub)
    await browser.post('/trpc/sessions.delete', {})
    const { email, password } = person
    await browser.post('/trpc/sessions.create', { email, password })
    expect(problemOf(await browser.comeBack(callback))).toBe('identity/attempt-invalid')
  })

  test('is begun by who is signed in, at a provider that can, and without a second factor', async () => {
    expect(reasonOf(await openBrowser(on).start(toPage))).toBe('session/required')
    const { person, browser } = await connected()
    expect(reasonOf(await browser.start({ ...toPage, provider: 'github' }))).toBe(
      'identity/step-up-refused',
    )
    await on.database.sql`
      insert into totp_credentials (user_id, secret_encrypted, confirmed_at)
      values (${person.id}, 'x', now())`
    expect(reasonOf(await browser.start(toPage))).toBe('session/code-required')
  })
})
