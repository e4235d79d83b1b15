import type {
  CreateToken,
  NewToken,
  TokenById,
  TokenList,
  TokenView,
} from '@galley/contract/platform/tokens'
import type { Deleted } from '@galley/contract/primitives'
import { Scope } from '@galley/contract/scopes'
import { apiTokens } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { type SessionCtx, transact } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { emit } from '../events/emit.ts'
import { only } from '../rows.ts'
import { holdSession } from '../sessions/own-session.ts'
import { listLiveTokens } from './queries.ts'

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
