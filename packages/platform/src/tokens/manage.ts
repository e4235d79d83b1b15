import type {
  ByRefreshToken,
  CreateToken,
  NewToken,
  ProgramById,
  ProgramList,
  TokenById,
  TokenList,
  TokenView,
} from '@galley/contract/platform/tokens'
import type { Deleted } from '@galley/contract/primitives'
import { Scope } from '@galley/contract/scopes'
import { apiTokens, tokenFamilies } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { type Ctx, type SessionCtx, transact } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { emit } from '../events/emit.ts'
import { only } from '../rows.ts'
import { holdSession } from '../sessions/own-session.ts'
import { endFamily, isLive, refreshTokenId } from './internal.ts'
import { findFamilyForUpdate, listLiveFamilies, listLiveTokens } from './queries.ts'

const MAX_TOKENS = 50

const DAY_MS = 86_400_000

/** A personal token for an API client; `token` in the response is the one time that it is seen. Throws `token/too-many`. */
export function createToken(ctx: SessionCtx, input: CreateToken): Promise<NewToken> {
  const { name, expiresInDays } = input
  const { id: userId } = ctx.actor.user
  const { token, hash, hint } = ctx.bearerTokens.newApiToken()
  const scopes = [...new Set(input.scopes)]
  const now = ctx.now()
  const expiresAt = new Date(now.getTime() + expiresInDays * DAY_MS)
  return transact(ctx, async (tx) => {
    // One at a time for each person: else two at once would both be the fiftieth.
    await holdSession(ctx, tx)
    const live = await listLiveTokens(tx, userId, now)
    if (live.length >= MAX_TOKENS) throw new AppError('token/too-many')
    const values = { userId, name, tokenHash: hash, hint, scopes, createdAt: now, expiresAt }
    const row = only(await tx.insert(apiTokens).values(values).returning())
    await recordAudit(ctx, tx, {
      action: 'token.created',
      target: { type: 'token', id: row.id },
      subjectId: userId,
      after: { name, scopes, expiresAt: expiresAt.toISOString() },
    })
    await emit(ctx, tx, 'user.credential-added', { userId, kind: 'token', name })
    return { ...toTokenView(row), token }
  })
}

/** The caller's live tokens, newest first. */
export async function listTokens(ctx: SessionCtx): Promise<TokenList> {
  const rows = await listLiveTokens(ctx.db, ctx.actor.user.id, ctx.now())
  return { items: rows.map(toTokenView) }
}

/** Ends one of the caller's tokens; somebody else's is `token/not-found` like one that does not exist. */
export function deleteToken(ctx: SessionCtx, { id }: TokenById): Promise<Deleted> {
  const { id: userId } = ctx.actor.user
  return transact(ctx, async (tx) => {
    const [deleted] = await tx
      .delete(apiTokens)
      .where(and(eq(apiTokens.id, id), eq(apiTokens.userId, userId)))
      .returning()
    if (!deleted) throw new AppError('token/not-found')
    await recordAudit(ctx, tx, {
      action: 'token.deleted',
      target: { type: 'token', id },
      subjectId: userId,
      before: { name: deleted.name },
    })
    return { id }
  })
}

/** What was a scope when the token was made may no longer be one. */
const isScope = (text: string): text is Scope => Scope.safeParse(text).success

const toTokenView = (row: typeof apiTokens.$inferSelect): TokenView => ({
  id: row.id,
  name: row.name,
  hint: `gly_...${row.hint}`,
  scopes: row.scopes.filter(isScope),
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
})

/** Sign-out of an API client, by any refresh token of its family. One that is unknown or dead is no error (RFC 7009, 2.2). */
export async function revokeTokenPair(ctx: Ctx, { refreshToken }: ByRefreshToken): Promise<void> {
  await transact(ctx, async (tx) => {
    const family = await findFamilyForUpdate(tx, refreshTokenId(refreshToken))
    if (family && isLive(ctx, family)) await endFamily(ctx, tx, family, 'program.signed-out')
  })
}

/** The API clients that are signed in as the caller, the newest first. */
export async function listApiClients(ctx: SessionCtx): Promise<ProgramList> {
  const rows = await listLiveFamilies(ctx.db, ctx.actor.user.id, ctx.now())
  const items = rows.map(({ createdAt, refreshedAt, expiresAt, ...rest }) => ({
    ...rest,
    createdAt: createdAt.toISOString(),
    refreshedAt: (refreshedAt ?? createdAt).toISOString(),
    expiresAt: expiresAt.toISOString(),
  }))
  return { items }
}

/** Signs one of them out; somebody else's is `program/not-found` like one that is not signed in. */
export function revokeApiClient(ctx: SessionCtx, { id }: ProgramById): Promise<Deleted> {
  return transact(ctx, async (tx) => {
    const isOwn = and(eq(tokenFamilies.id, id), eq(tokenFamilies.userId, ctx.actor.user.id))
    const [family] = await tx.select().from(tokenFamilies).where(isOwn).for('update')
    if (!family || !isLive(ctx, family)) throw new AppError('program/not-found')
    await endFamily(ctx, tx, family, 'program.signed-out')
    return { id }
  })
}
