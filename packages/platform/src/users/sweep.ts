import { deleteInBatches } from '@galley/db/delete-in-batches'
import { invitations } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { lt } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { deleteUnverifiedSince } from './internal/unverified.ts'

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
  const count = await deleteUnverifiedSince(ctx.db, since)
  await deleteInBatches(ctx.db, invitations, lt(invitations.expiresAt, ctx.now()))
  ctx.log.info({ count }, 'sign-ups that were never verified swept')
}
