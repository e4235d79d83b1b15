import type { NewToken, TokenPair } from '@galley/contract/platform/tokens'
import type { Scope } from '@galley/contract/scopes'
import type { TestApp } from '../../app.ts'
import type { signUp } from '../../people.ts'

type Person = Awaited<ReturnType<typeof signUp>>

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** A personal token, made in the person's browser. */
export async function createApiToken(
  { post }: Pick<TestApp, 'post'>,
  { asBrowser }: Pick<Person, 'asBrowser'>,
  scopes: Scope[],
): Promise<NewToken> {
  const input = { name: 'A script', scopes, expiresInDays: 30 }
  const response = await post('/trpc/tokens.create', input, asBrowser)
  return response.json().result.data
}

/** A program signs in for the person. */
export async function signInProgram(
  { post }: Pick<TestApp, 'post'>,
  { email, password }: Pick<Person, 'email' | 'password'>,
): Promise<TokenPair> {
  return (await post('/api/v1/auth/tokens', { email, password })).json()
}

/** Whom the app takes the bearer of a token for. */
export const whoIs = ({ app }: Pick<TestApp, 'app'>, token: string) =>
  app.inject({ url: '/trpc/sessions.current', headers: bearer(token) })
