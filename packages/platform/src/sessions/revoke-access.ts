import type { Tx } from '@galley/db/client'
import { apiTokens, tokenFamilies, users } from '@galley/db/schema'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import type { Ctx } from '../ctx.ts'
import { endCooldown } from '../mail/send-email.ts'

type Revocation = {
  /** The id of a session that goes on. */
  except?: string | undefined
  /** Ends personal tokens too: where somebody else may have made them. */
  personalTokens?: boolean
}

/**
 * Ends all access that was granted before: sessions, sign-ins that wait for their second factor, refresh tokens, and
 * access tokens by their version. Part of each change of password, e-mail address, role, status or second factor.
 * Returns how many sessions ended.
 */
export async function revokeAccess(
  ctx: Ctx,
  tx: Tx,
  userId: string,
  { except, personalTokens = false }: Revocation = {},
): Promise<{ sessions: number }> {
  // The person first: an API client that signs in meanwhile is done by then, and ended below, or it waits and is refused.
  await tx
    .update(users)
    .set({ tokenVersion: sql`${users.tokenVersion} + 1` })
    .where(eq(users.id, userId))
  const sessions = await ctx.sessions.revokeAll(tx, userId, { except })
  await ctx.oneTimeTokens.revoke(tx, 'second-factor', userId)
  await tx
    .update(tokenFamilies)
    .set({ revokedAt: ctx.now() })
    .where(and(eq(tokenFamilies.userId, userId), isNull(tokenFamilies.revokedAt)))
  if (personalTokens) await deletePersonalTokens(ctx, tx, userId)
  return { sessions }
}

async function deletePersonalTokens(ctx: Ctx, tx: Tx, userId: string) {
  const deleted = await tx.delete(apiTokens).where(eq(apiTokens.userId, userId)).returning()
  for (const { id, name } of deleted) {
    await recordAudit(ctx, tx, {
      action: 'token.deleted',
      target: { type: 'token', id },
      subjectId: userId,
      before: { name },
    })
  }
}

/** Ends the links that were mailed for changing password or address: part of each such change. */
export async function revokeLinks(ctx: Ctx, tx: Tx, userId: string): Promise<void> {
  await ctx.oneTimeTokens.revoke(tx, 'reset-password', userId)
  await ctx.oneTimeTokens.revoke(tx, 'confirm-email', userId)
  await endCooldown(tx, { letter: 'reset-password', userId })
}
