import type { TokenById } from '@galley/contract/platform/tokens'
import type { Deleted } from '@galley/contract/primitives'
import { apiTokens } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'

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
