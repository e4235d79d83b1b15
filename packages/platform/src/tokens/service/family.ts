import type { Tx } from '@galley/db/client'
import { tokenFamilies } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../../audit/record.ts'
import type { Ctx } from '../../ctx.ts'

export type Family = typeof tokenFamilies.$inferSelect

export const isLive = (ctx: Ctx, { revokedAt, expiresAt }: Family) =>
  revokedAt === null && expiresAt > ctx.now()

/** Ends a family: its refresh tokens, and its access tokens from the next request on. */
export async function endFamily(
  ctx: Ctx,
  tx: Tx,
  { id, userId }: Family,
  action: 'program.signed-out' | 'program.token-reused',
): Promise<void> {
  await tx.update(tokenFamilies).set({ revokedAt: ctx.now() }).where(eq(tokenFamilies.id, id))
  await recordAudit(ctx, tx, {
    action,
    target: { type: 'token-family', id },
    subjectId: userId,
  })
}
