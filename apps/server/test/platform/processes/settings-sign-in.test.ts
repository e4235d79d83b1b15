import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startGithubServer } from '@galley/testing/github-server'
import { afterAll, describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { openBrowser } from '../identity/identity-browser.ts'

describe('GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, GITHUB_URL, GITHUB_API_URL', async () => {
  const client = { clientId: 'galley', clientSecret: 'a secret of the tests' }
  const github = await startGithubServer(client)
  afterAll(() => github.close())
  const on = useApp({
    SIGN_UP: 'open',
    GITHUB_CLIENT_ID: client.clientId,
    GITHUB_CLIENT_SECRET: client.clientSecret,
    GITHUB_URL: github.url,
    GITHUB_API_URL: github.url,
  })

  test('let people sign in with GitHub', async () => {
    const browser = openBrowser(on)
    const email = { email: 'octo@example.org', primary: true, verified: true, visibility: null }
    const account = { id: 583_231, login: 'octo-cat', name: 'Octo', emails: [email] }
    const at = await browser.startAt({ provider: 'github' })
    await browser.comeBack(github.authorize(at, account))
    expect(await browser.whoAmI()).toBe('octo-cat')
  })
})

describe('GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET', () => {
  const on = useApp({ GOOGLE_CLIENT_ID: 'galley', GOOGLE_CLIENT_SECRET: 'a secret of the tests' })

  test('offer Google among the providers', async () => {
    const response = await on.app.inject('/trpc/identities.providers')
    expect(response.json().result.data.items).toEqual([
      { name: 'google', label: 'Google', stepUp: true },
    ])
  })
})

describe('PASSWORD_BREACH_URL', async () => {
  const known = 'a password from some breach'
  const hash = createHash('sha1').update(known).digest('hex').toUpperCase()
  const service = createServer((request, response) => {
    response.end(request.url === `/range/${hash.slice(0, 5)}` ? `${hash.slice(5)}:9` : '')
  })
  await once(service.listen(0, '127.0.0.1'), 'listening')
  afterAll(() => service.close())
  const { port } = service.address() as AddressInfo
  const on = useApp({ PASSWORD_BREACH_URL: `http://127.0.0.1:${port}` })

  test('names the service that new passwords are looked up at', async () => {
    const signUpWith = async (password: string) => {
      const names = { email: 'new@example.com', username: 'newcomer', displayName: 'New' }
      const response = await on.post('/trpc/users.create', { ...names, password })
      return response.statusCode === 200 ? 'ok' : response.json().error.data.reason
    }
    expect(await signUpWith(known)).toBe('password/breached')
    expect(await signUpWith('seventeen blue herons')).toBe('ok')
  })
})

describe('SIGN_UP', () => {
  const on = useApp({ SIGN_UP: 'invite' })

  test('says who may make an account', async () => {
    const person = { email: 'new@example.com', username: 'newcomer', displayName: 'New' }
    const response = await on.post('/trpc/users.create', { ...person, password: 'blue herons, 17' })
    expect(response.json().error.data.reason).toBe('user/invitation-required')
  })
})
