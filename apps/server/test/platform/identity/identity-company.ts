import { startOpenIdProvider } from '@galley/testing/openid-provider'
import type { TestApp } from '../../app.ts'
import { atProvider, openBrowser } from './identity-browser.ts'

export type Company = Awaited<ReturnType<typeof startCompany>>

let count = 0

/** A real OpenID provider that the tests of a file run, and the settings by which Galley knows it. */
export async function startCompany(name = 'company') {
  const client = {
    id: 'galley',
    secret: `${name}-secret-canary`,
    redirectUri: `https://galley.test/auth/${name}/callback`,
  }
  const provider = await startOpenIdProvider({ client })
  const { issuer } = provider
  return {
    ...provider,
    name,
    settings: {
      name,
      label: name.charAt(0).toUpperCase() + name.slice(1),
      issuer,
      clientId: client.id,
      clientSecret: client.secret,
    },
    /** Somebody new with an account there. */
    newcomer(claims: object = {}) {
      const sub = `sub-${++count}`
      const account = {
        sub,
        email: `${sub}@example.org`,
        email_verified: true,
        name: `Person ${count}`,
        preferred_username: `newcomer-${count}`,
        ...claims,
      }
      provider.accounts.set(sub, account)
      return account
    },
  }
}

/** The whole way, from the button to the page after it. */
export async function signInAs(
  on: Pick<TestApp, 'app'>,
  sub: string,
  {
    browser = openBrowser(on),
    next,
  }: { browser?: ReturnType<typeof openBrowser>; next?: string } = {},
) {
  const response = await browser.comeBack(await atProvider(await browser.startAt({ next }), sub))
  return { browser, response }
}
