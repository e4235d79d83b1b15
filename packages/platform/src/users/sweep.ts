import { invitations, users } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { lt } from 'drizzle-orm'
import { z } from 'zod'
import { transact, type Ctx } from '../ctx.ts'
import { deleteUnverified } from './internal/unverified.ts'

/** How long a sign-up waits for its address to be verified. */
const UNVERIFIED_DAYS = 7

export const sweepUnverified: JobDefinition<Record<string, never>> = {
  name: 'users.sweep-unverified',
  payload: z.strictObject({}),
  cron: '40 3 * * *',
}

/** Deletes the accounts that nobody verified in time, so that addresses and usernames are free again, and old invitations. */
export async function deleteStaleSignUps(ctx: Ctx): Promise<void> {
  const since = new Date(ctx.now().getTime() - UNVERIFIED_DAYS * 86_400_000)
  const count = await transact(ctx, (tx) => deleteUnverified(tx, lt(users.createdAt, since)))
  await ctx.db.delete(invitations).where(lt(invitations.expiresAt, ctx.now()))
  ctx.log.info({ count }, 'sign-ups that were never verified swept')
}
