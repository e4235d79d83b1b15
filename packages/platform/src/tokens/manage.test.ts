import { apiTokens, auditLog, outbox } from '@galley/db/schema'
import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { transact, type SessionCtx } from '../ctx.ts'
import { revokeAccess } from '../sessions/revoke-access.ts'
import { createToken, deleteToken, listTokens } from './manage.ts'
import { deleteExpiredTokens } from '../sweeps.ts'

const domain = useTestDomain()
const input = { name: 'Backup script', scopes: ['users:read' as const], expiresInDays: 30 }
const DAY_MS = 86_400_000

const auditOf = ({ actor }: SessionCtx) =>
  domain.database.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.subjectId, actor.user.id))
    .orderBy(asc(auditLog.id))

test('TK1 a token is shown once, kept as a hash, and speaks for its owner', async () => {
  const ctx = await domain.person()
  const made = await createToken(ctx, { ...input, scopes: ['users:read', 'users:read'] })
  expect(made.token).toMatch(/^gly_[0-9A-Za-z]{36}$/)
  expect(made).toMatchObject({
    name: 'Backup script',
    hint: `gly_...${made.token.slice(-4)}`,
    scopes: ['users:read'],
    lastUsedAt: null,
  })
  const { token, ...view } = made
  expect((await listTokens(ctx)).items).toEqual([view])
  const rows = await domain.database.sql`select * from api_tokens`
  expect(JSON.stringify(rows)).not.toContain(token)
  expect(await ctx.bearerTokens.authenticate(token)).toEqual({
    user: expect.objectContaining({ id: ctx.actor.user.id, role: 'author' }),
    tokenId: made.id,
    scopes: ['users:read'],
  })
})

test('a new token is written down, mailed about, and names no secret', async () => {
  const ctx = await domain.person()
  const { id, token } = await createToken(ctx, input)
  const [entry] = await auditOf(ctx)
  expect(entry).toMatchObject({
    action: 'token.created',
    targetId: id,
    after: { name: 'Backup script', scopes: ['users:read'] },
  })
  const events = await domain.database.db
    .select()
    .from(outbox)
    .where(eq(outbox.event, 'user.credential-added'))
  expect(events.map(({ payload }) => payload)).toContainEqual({
    userId: ctx.actor.user.id,
    kind: 'token',
    name: 'Backup script',
  })
  expect(JSON.stringify([entry, events])).not.toContain(token.slice(4))
})

test('SE4 a session that was ended meanwhile makes no token', async () => {
  const ctx = await domain.person()
  await transact(ctx, (tx) => revokeAccess(ctx, tx, ctx.actor.user.id, { personalTokens: true }))
  await expect(createToken(ctx, input)).rejects.toMatchObject({ reason: 'session/required' })
  expect((await listTokens(ctx)).items).toEqual([])
})

test('an ended token is dead at once; of somebody else there is none', async () => {
  const [ctx, other] = [await domain.person(), await domain.person()]
  const { id, token } = await createToken(ctx, input)
  const reason = expect.objectContaining({ reason: 'token/not-found' })
  await expect(deleteToken(other, { id })).rejects.toThrow(reason)
  expect(await ctx.bearerTokens.authenticate(token)).not.toBeNull()
  expect(await deleteToken(ctx, { id })).toEqual({ id })
  expect(await ctx.bearerTokens.authenticate(token)).toBeNull()
  await expect(deleteToken(ctx, { id })).rejects.toThrow(reason)
  expect((await listTokens(ctx)).items).toEqual([])
  expect((await auditOf(ctx)).map(({ action }) => action)).toEqual([
    'token.created',
    'token.deleted',
  ])
})

test('there are 50 at most, also when twenty are made at once', async () => {
  const ctx = await domain.person()
  for (let count = 0; count < 40; count += 1) await createToken(ctx, input)
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () =>
      createToken(ctx, input).then(
        () => 'made',
        (error: { reason: string }) => error.reason,
      ),
    ),
  )
  const count = (outcome: string) => outcomes.filter((one) => one === outcome).length
  expect([count('made'), count('token/too-many')]).toEqual([10, 10])
  expect((await listTokens(ctx)).items).toHaveLength(50)
})

test('an expired token neither works nor counts, and is swept', async () => {
  const ctx = await domain.person()
  const { id, token } = await createToken(ctx, input)
  const past = { expiresAt: new Date(Date.now() - 1000) }
  await domain.database.db.update(apiTokens).set(past).where(eq(apiTokens.id, id))
  expect(await ctx.bearerTokens.authenticate(token)).toBeNull()
  expect((await listTokens(ctx)).items).toEqual([])
  await deleteExpiredTokens(ctx)
  expect(await domain.database.db.$count(apiTokens, eq(apiTokens.id, id))).toBe(0)
})

test('last used is written at most once a minute', async () => {
  const ctx = await domain.person()
  const { id, token } = await createToken(ctx, input)
  await ctx.bearerTokens.authenticate(token)
  const [first] = (await listTokens(ctx)).items
  expect(first?.lastUsedAt).not.toBeNull()
  domain.database.statements.length = 0
  await ctx.bearerTokens.authenticate(token)
  expect(domain.database.statements).toHaveLength(1)
  const longAgo = { lastUsedAt: new Date(Date.now() - DAY_MS) }
  await domain.database.db.update(apiTokens).set(longAgo).where(eq(apiTokens.id, id))
  await ctx.bearerTokens.authenticate(token)
  const [later] = (await listTokens(ctx)).items
  expect(Date.parse(later?.lastUsedAt ?? '')).toBeGreaterThan(Date.now() - 60_000)
})
