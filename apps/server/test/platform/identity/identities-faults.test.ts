import { afterAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { atProvider, openBrowser } from './identity-browser.ts'
import { startCompany, type Company } from './identity-company.ts'

const faults = ['error', 'garbage', 'huge', 'silence'] as const
const endpoints = ['/token', '/me', '/jwks', '/.well-known/openid-configuration'] as const
// One provider for each case, so that they can be slow side by side.
const cases = await Promise.all(
  endpoints
    .flatMap((path) => faults.map((fault) => ({ path, fault })))
    .map(async (one, at) => ({ ...one, provider: await startCompany(`company-${at}`) })),
)
const gone = await startCompany('gone')
await gone.close()
afterAll(() => Promise.all(cases.map(({ provider }) => provider.close())))

const settings = [...cases.map(({ provider }) => provider), gone].map(({ settings }) => settings)
const on = useApp({ OIDC_PROVIDERS: JSON.stringify(settings) })

const secrets: string[] = []

async function callbackFrom(provider: Company) {
  const browser = openBrowser(on)
  const url = await browser.startAt({ provider: provider.name, next: '/settings' })
  const callback = await atProvider(url, provider.newcomer().sub)
  const { searchParams } = new URL(callback)
  secrets.push(
    searchParams.get('code') ?? '',
    searchParams.get('state') ?? '',
    ...browser.jar.values(),
  )
  return { browser, callback }
}

describe('OA5 a provider that does not work opens no session, and nobody waits for ten seconds', () => {
  test.concurrent.for(cases.filter(({ path }) => !path.startsWith('/.well-known')))(
    '$path: $fault',
    async ({ path, fault, provider }, { expect }) => {
      const { browser, callback } = await callbackFrom(provider)
      provider.faults.set(path, fault)
      const started = performance.now()
      const response = await browser.comeBack(callback)
      expect(performance.now() - started).toBeLessThan(10_000)
      expect(response.statusCode).toBe(303)
      expect(response.headers.location).toBe(
        '/sign-in?problem=identity%2Fprovider-failed&next=%2Fsettings',
      )
      expect(await browser.whoAmI()).toBeNull()
    },
  )

  test.concurrent.for(cases.filter(({ path }) => path.startsWith('/.well-known')))(
    'before it is asked for anybody: $fault',
    async ({ path, fault, provider }, { expect }) => {
      provider.faults.set(path, fault)
      const browser = openBrowser(on)
      const started = performance.now()
      const response = await browser.start({ provider: provider.name })
      expect(performance.now() - started).toBeLessThan(10_000)
      expect(response.statusCode).toBe(502)
      expect(response.json().error.data.reason).toBe('identity/provider-failed')
      expect(browser.jar.size).toBe(0)
      provider.faults.clear()
      expect((await browser.start({ provider: provider.name })).statusCode).toBe(200)
    },
  )

  test('where nothing listens', async () => {
    const response = await openBrowser(on).start({ provider: 'gone' })
    expect(response.json().error.data.reason).toBe('identity/provider-failed')
  })
})

test('LG1 neither codes nor states, tokens or secrets are in the log', () => {
  const log = on.logs.join('')
  expect(secrets.length).toBeGreaterThan(30)
  for (const secret of secrets) expect(log).not.toContain(secret)
  expect(log).not.toContain('secret-canary')
  expect(log).toContain('"path":"/auth/company-0/callback"')
  expect(log).toMatch(/company-\d+: (too-large|timeout|OAUTH_)/)
})
