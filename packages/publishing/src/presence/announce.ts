import type {
  AnnouncePresence,
  LeaveArticle,
  LeftArticle,
  Presence,
} from '@galley/contract/publishing/presence'
import { deleteInBatches } from '@galley/db/delete-in-batches'
import { articlePresence } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { getArticleToDo } from '../articles/find.ts'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { findPresence } from './list.ts'
import { enterArticle, leaveArticle } from './queries.ts'

/** The caller has an article open to edit it; to be repeated within 30 s. Resolves to who else has. */
export async function announcePresence(ctx: AuthedCtx, input: AnnouncePresence): Promise<Presence> {
  await getArticleToDo(ctx, 'edit', input.articleId)
  await enterArticle(ctx.db, { ...input, userId: ctx.actor.user.id })
  return findPresence(ctx, input)
}

/** The caller has closed a page. Of an article that is not there, or not theirs to edit, they were never present. */
export async function leavePresence(ctx: AuthedCtx, input: LeaveArticle): Promise<LeftArticle> {
  const { articleId } = input
  await leaveArticle(ctx.db, { ...input, userId: ctx.actor.user.id })
  return { articleId }
}

export const sweepPresence: JobDefinition<Record<string, never>> = {
  name: 'presence.sweep',
  payload: z.strictObject({}),
  cron: '50 * * * *',
}

/** Who has not been heard of for long is listed nowhere; the sweep makes room. */
export async function deleteOldPresence(ctx: Ctx): Promise<void> {
  const isOver = lt(articlePresence.seenAt, sql`now() - interval '1 hour'`)
  await deleteInBatches(ctx.db, articlePresence, isOver)
}
