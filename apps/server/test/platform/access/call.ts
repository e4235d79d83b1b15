import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { newApiToken } from '@galley/auth/api-tokens'
import { Scope } from '@galley/contract/scopes'
import { apiTokens, sessions, tokenFamilies } from '@galley/db/schema'
import type { TestApp } from '../../app.ts'
import { callStream } from './call-stream.ts'
import { callers, type Caller } from './callers.ts'
import type { Procedure } from './procedures.ts'
import type { World } from './world.ts'

export type On = Pick<TestApp, 'app' | 'database' | 'deps'>

/** The headers by which this caller is known; what they need for it is stored. */
export async function credentialsOf(
  { database: { db }, deps }: On,
  caller: Caller,
  { user, scope }: { user: World['caller']; scope: Scope | null },
): Promise<Record<string, string>> {
  const { credential } = callers[caller]
  const expiresAt = new Date(Date.now() + 3_600_000)
  if (credential.kind === 'none') return {}
  if (credential.kind === 'session') {
    const token = randomBytes(32).toString('base64url')
    const id = createHash('sha256').update(token).digest('hex')
    const values = { id, userId: user.id, expiresAt, absoluteExpiresAt: expiresAt }
    await db.insert(sessions).values(values)
    return { cookie: `__Host-galley-session=${token}`, 'sec-fetch-site': 'same-origin' }
  }
  if (credential.kind === 'access-token') {
    const familyId = randomUUIDv7()
    await db.insert(tokenFamilies).values({ id: familyId, userId: user.id, expiresAt })
    const { id: userId, tokenVersion: version } = user
    const claims = { userId, familyId, version, scopes: Scope.options }
    const { token } = await deps.domain.accessTokens.issue(db, claims)
    return { authorization: `Bearer ${token}` }
  }
  const { token, hash: tokenHash, hint } = newApiToken()
  const scopes = Scope.options.filter(
    (each) => credential.scopes === 'all' || (each === scope) === (credential.scopes === 'needed'),
  )
  await db
    .insert(apiTokens)
    .values({ userId: user.id, name: 'Test', tokenHash, hint, scopes, expiresAt })
  return { authorization: `Bearer ${token}` }
}

let count = 0

/** An address of its own for each call: allowances by address are tried elsewhere. */
export function newAddress(): string {
  count += 1
  return `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`
}

/** One call over the real transport. */
export async function call(
  { app }: Pick<On, 'app'>,
  { path, type }: Procedure,
  input: unknown,
  headers: Record<string, string>,
) {
  const remoteAddress = newAddress()
  const json = JSON.stringify(input ?? {})
  const url = `/trpc/${path}?input=${encodeURIComponent(json)}`
  const response =
    type === 'subscription'
      ? await callStream({ app }, url, headers)
      : await app.inject(
          type === 'query'
            ? { url, headers, remoteAddress }
            : {
                method: 'POST',
                url: `/trpc/${path}`,
                headers: { ...headers, 'content-type': 'application/json' },
                payload: json,
                remoteAddress,
              },
        )
  const { statusCode, body, cookies, headers: answered } = response
  const outcome = statusCode === 200 ? 'ok' : reasonIn(response.json<unknown>())
  return { outcome, statusCode, body, cookies, headers: answered }
}

function reasonIn(answer: unknown) {
  const read = (from: unknown, name: string): unknown =>
    typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined
  return String(read(read(read(answer, 'error'), 'data'), 'reason'))
}
