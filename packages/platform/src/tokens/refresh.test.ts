import {
  auditLog,
  credentials,
  recoveryCodes,
  refreshTokens,
  tokenFamilies,
  totpCredentials,
  users,
} from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createTokenPair } from '../../test/by-cookies.ts'
import { useTestDomain } from '../../test/context.ts'
import { waitForLock } from '../../test/wait-for-lock.ts'
import { transact, type Ctx } from '../ctx.ts'
import { revokeAccess } from '../sessions/revoke-access.ts'
import { listApiClients, revokeApiClient, revokeTokenPair } from './manage.ts'
import { refreshTokenPair } from './refresh.ts'

const domain = useTestDomain()
const { database } = domain
const password = 'seventeen blue herons'
let address = 0

/** A person with a password, and an API client that is signed in for them. */
async function apiClient(values: Parameters<typeof insertUser>[1] = {}) {
  const client = { ip: `10.1.0.${++address}`, userAgent: 'script' }
  const at = (ms: number): Ctx => domain.anonymous({ client, now: () => new Date(Date.now() + ms) })
  const ctx = at(0)
  const user = await insertUser(database.db, values)
  const passwordHash = await ctx.passwords.hash(password)
  await database.db.insert(credentials).values({ userId: user.id, passwordHash })
  const signIn = () => createTokenPair(ctx, { email: user.email, password })
  return { ctx, at, user, signIn, pair: await signIn() }
}

const refused = (work: Promise<unknown>) =>
  expect(work).rejects.toThrow(expect.objectContaining({ reason: 'token/invalid' }))

const auditOf = (userId: string, action: string) =>
  database.db.$count(auditLog, and(eq(auditLog.subjectId, userId), eq(auditLog.action, action)))

const isValid = async (ctx: Ctx, token: string) =>
  (await ctx.bearerTokens.authenticate(token)) !== null

test('a pair: an access token of ten minutes that speaks for the person, and a refresh token of 30 days', async () => {
  const { ctx, user, pair } = await apiClient()
  expect(pair).toMatchObject({ tokenType: 'Bearer', expiresIn: 600 })
  expect(pair.refreshExpiresIn).toBeGreaterThan(30 * 86_400 - 60)
  expect(pair.refreshExpiresIn).toBeLessThanOrEqual(30 * 86_400)
  expect(pair.refreshToken).toMatch(/^glr_[\w-]{43}$/)
  const bearer = await ctx.bearerTokens.authenticate(pair.accessToken)
  expect(bearer?.user.id).toBe(user.id)
  expect(bearer?.scopes).toContain('profile:write')
  const rows = await database.sql`select * from refresh_tokens, token_families, audit_log`
  for (const secret of [pair.refreshToken, pair.accessToken]) {
    expect(JSON.stringify(rows)).not.toContain(secret)
  }
  expect(await auditOf(user.id, 'program.signed-in')).toBe(1)
})

test('JW3 twenty refreshes at once: one successor', async () => {
  const { ctx, user, pair } = await apiClient()
  const next = await Promise.all(Array.from({ length: 20 }, () => refreshTokenPair(ctx, pair)))
  expect(new Set(next.map(({ refreshToken }) => refreshToken)).size).toBe(1)
  expect(await database.db.$count(refreshTokens, ofPerson(user.id))).toBe(2)
  const third = await refreshTokenPair(ctx, next[0] ?? pair)
  expect(third.refreshToken).not.toBe(next[0]?.refreshToken)
  expect(await isValid(ctx, third.accessToken)).toBe(true)
})

test('JW3 within ten seconds a used token gets the same successor, after that its family ends', async () => {
  const { ctx, user, pair } = await apiClient()
  const begun = Date.now()
  const after = (ms: number): Ctx => ({ ...ctx, now: () => new Date(begun + ms) })
  const next = await refreshTokenPair(after(0), pair)
  expect((await refreshTokenPair(after(9000), pair)).refreshToken).toBe(next.refreshToken)
  expect(await isValid(ctx, next.accessToken)).toBe(true)

  await refused(refreshTokenPair(after(11_000), pair))
  await refused(refreshTokenPair(ctx, next))
  await refused(refreshTokenPair(ctx, pair))
  expect(await isValid(ctx, next.accessToken)).toBe(false)
  expect(await isValid(ctx, pair.accessToken)).toBe(false)
  expect(await auditOf(user.id, 'program.token-reused')).toBe(1)
})

test('JW3 a reuse ends one family, not the others of the person', async () => {
  const { ctx, at, signIn, pair } = await apiClient()
  const other = await signIn()
  await refreshTokenPair(ctx, pair)
  await refused(refreshTokenPair(at(11_000), pair))
  expect(await isValid(ctx, other.accessToken)).toBe(true)
  expect((await refreshTokenPair(ctx, other)).refreshToken).toMatch(/^glr_/)
})

test('JW3 a family ends after 30 days, however often it was refreshed', async () => {
  const { at, pair } = await apiClient()
  const DAY = 86_400_000
  const later = await refreshTokenPair(at(29 * DAY), pair)
  expect(later.refreshExpiresIn).toBeLessThanOrEqual(86_400)
  expect((await refreshTokenPair(at(29.9 * DAY), later)).refreshToken).toMatch(/^glr_/)
  await refused(refreshTokenPair(at(30 * DAY + 1000), later))
})

test('with another encryption key in between, a repeated refresh is refused, but nobody is signed out', async () => {
  const { ctx, pair } = await apiClient()
  const next = await refreshTokenPair(ctx, pair)
  // What another key does: other signatures.
  const sign = (purpose: string, data: string) => ctx.secretBox.sign(`new ${purpose}`, data)
  const rotated = { ...ctx, secretBox: { ...ctx.secretBox, sign } }
  await refused(refreshTokenPair(rotated, pair))
  const third = await refreshTokenPair(rotated, next)
  expect(await isValid(ctx, third.accessToken)).toBe(true)
})

test('JW2 a token of one kind is none of another', async () => {
  const { ctx, pair } = await apiClient()
  await refused(refreshTokenPair(ctx, { refreshToken: pair.accessToken }))
  expect(await isValid(ctx, pair.refreshToken)).toBe(false)
  const link = await ctx.oneTimeTokens.issue(ctx.db, { purpose: 'reset-password', minutes: 5 })
  expect(await isValid(ctx, link)).toBe(false)
  await refused(refreshTokenPair(ctx, { refreshToken: link }))
})

test('signing out ends the family by any of its tokens; what is unknown is no error', async () => {
  const { ctx, user, pair } = await apiClient()
  const next = await refreshTokenPair(ctx, pair)
  await revokeTokenPair(ctx, { refreshToken: 'glr_unknown' })
  expect(await isValid(ctx, next.accessToken)).toBe(true)
  await revokeTokenPair(ctx, pair)
  await revokeTokenPair(ctx, pair)
  expect(await isValid(ctx, next.accessToken)).toBe(false)
  await refused(refreshTokenPair(ctx, next))
  expect(await auditOf(user.id, 'program.signed-out')).toBe(1)
})

test('AU8 a change of password, role or the like ends both tokens, and what was refreshed meanwhile', async () => {
  const { ctx, user, pair } = await apiClient()
  const [, ...refreshed] = await Promise.all([
    transact(ctx, (tx) => revokeAccess(ctx, tx, user.id)),
    ...Array.from({ length: 5 }, () => refreshTokenPair(ctx, pair).catch(() => null)),
  ])
  for (const one of [pair, ...refreshed]) {
    if (one === null) continue
    expect(await isValid(ctx, one.accessToken)).toBe(false)
    await refused(refreshTokenPair(ctx, one))
  }
})

test('AU8 a sign-in that overlaps with the change of the password is ended by it', async () => {
  const { ctx, user } = await apiClient()
  const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const slow: Ctx = {
    ...ctx,
    accessTokens: {
      ...ctx.accessTokens,
      async issue(...given) {
        begun.resolve()
        await go.promise
        return ctx.accessTokens.issue(...given)
      },
    },
  }
  const signIn = createTokenPair(slow, { email: user.email, password })
  await begun.promise
  const change = transact(ctx, (tx) => revokeAccess(ctx, tx, user.id))
  await waitForLock(database)
  go.resolve()
  const [pair] = await Promise.all([signIn, change])
  expect(await isValid(ctx, pair.accessToken)).toBe(false)
  await refused(refreshTokenPair(ctx, pair))
})

test('AU8 a sign-in whose password was right only before the change is refused', async () => {
  const { ctx, user } = await apiClient()
  const slow: Ctx = {
    ...ctx,
    signInThrottle: {
      ...ctx.signInThrottle,
      async succeeded(key) {
        await transact(ctx, (tx) => revokeAccess(ctx, tx, user.id))
        await ctx.signInThrottle.succeeded(key)
      },
    },
  }
  await expect(createTokenPair(slow, { email: user.email, password })).rejects.toThrow(
    expect.objectContaining({ reason: 'session/wrong-credentials' }),
  )
})

test('AU11 with a second factor the password alone gets no tokens', async () => {
  const { ctx, user, signIn } = await apiClient()
  const [code = '', ...others] = ctx.recoveryCodes.create()
  const secretEncrypted = ctx.secretBox.encrypt('A'.repeat(32), `totp:${user.id}`)
  await database.db
    .insert(totpCredentials)
    .values({ userId: user.id, secretEncrypted, confirmedAt: new Date() })
  const hashes = [code, ...others].map((one) => ctx.recoveryCodes.hash(user.id, one))
  await database.db
    .insert(recoveryCodes)
    .values(hashes.map((codeHash) => ({ userId: user.id, codeHash })))
  await expect(signIn()).rejects.toThrow(
    expect.objectContaining({
      reason: 'session/wrong-code',
      fields: [{ path: 'code', message: expect.stringContaining('code') }],
    }),
  )
  const withCode = (typed: string) =>
    createTokenPair(ctx, { email: user.email, password, code: typed })
  await expect(withCode('0000-0000-0000-0000')).rejects.toThrow(
    expect.objectContaining({ reason: 'session/wrong-code', fields: [] }),
  )
  const outcomes = await Promise.all(
    Array.from({ length: 3 }, () => withCode(code).catch(() => null)),
  )
  const pairs = outcomes.filter((outcome) => outcome !== null)
  expect(pairs).toHaveLength(1)
  expect(await isValid(ctx, pairs[0]?.accessToken ?? '')).toBe(true)
})

test('a person who has not verified their address gets none, and suspended ones may read', async () => {
  const { ctx, user, signIn, pair } = await apiClient()
  await database.db.update(users).set({ status: 'suspended' }).where(eq(users.id, user.id))
  expect((await ctx.bearerTokens.authenticate(pair.accessToken))?.user.status).toBe('suspended')
  await database.db.update(users).set({ emailVerifiedAt: null }).where(eq(users.id, user.id))
  expect(await isValid(ctx, pair.accessToken)).toBe(false)
  await expect(signIn()).rejects.toThrow(
    expect.objectContaining({ reason: 'session/email-unverified' }),
  )
})

const ofPerson = (userId: string) =>
  eq(
    refreshTokens.familyId,
    database.db
      .select({ id: tokenFamilies.id })
      .from(tokenFamilies)
      .where(eq(tokenFamilies.userId, userId)),
  )

test('SE6 people see the API clients that are signed in as them, and sign one out', async () => {
  const { ctx, at, user, signIn, pair } = await apiClient()
  const owner = domain.signedIn(user)
  const second = await signIn()
  await refreshTokenPair(at(60_000), pair)
  const { items } = await listApiClients(owner)
  expect(items).toEqual([
    expect.objectContaining({ ...ctx.client, refreshedAt: items[0]?.createdAt }),
    expect.objectContaining({ ...ctx.client }),
  ])
  const [newer, older] = items
  expect(Date.parse(older?.refreshedAt ?? '')).toBeGreaterThan(Date.now() + 50_000)

  const stranger = domain.signedIn(await insertUser(database.db))
  const notFound = { reason: 'program/not-found' }
  const { id } = newer ?? { id: '' }
  await expect(revokeApiClient(stranger, { id })).rejects.toMatchObject(notFound)
  expect(await revokeApiClient(owner, { id })).toEqual({ id })
  await refused(refreshTokenPair(ctx, second))
  expect(await isValid(ctx, second.accessToken)).toBe(false)
  expect(await isValid(ctx, pair.accessToken)).toBe(true)
  expect((await listApiClients(owner)).items.map(({ id }) => id)).toEqual([older?.id])
  await expect(revokeApiClient(owner, { id })).rejects.toMatchObject(notFound)
  expect(await auditOf(user.id, 'program.signed-out')).toBe(1)
})
