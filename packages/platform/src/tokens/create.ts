import type { CreateToken, NewToken } from '@galley/contract/platform/tokens'
import { apiTokens } from '@galley/db/schema'
import { recordAudit } from '../audit/record.ts'
import { transact, type SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { emit } from '../events/emit.ts'
import { only } from '../rows.ts'
import { holdSession } from '../sessions/own-session.ts'
import { listLiveTokens } from './queries.ts'
import { toTokenView } from './view.ts'

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
