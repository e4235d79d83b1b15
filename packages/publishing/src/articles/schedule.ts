import type { ArticleAtVersion, ScheduleArticle } from '@galley/contract/publishing/article-steps'
import type { ArticleSource } from '@galley/contract/publishing/articles'
import type { Tx } from '@galley/db/client'
import { transact } from '@galley/platform/ctx'
import { AppError, authorize, isAllowed } from '@galley/platform/errors'
import { emit } from '@galley/platform/events/emit'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { applySchedule } from './apply-schedule.ts'
import { getArticleToChange } from './internal.ts'
import { moveArticle } from './move.ts'
import { canPublishArticle, canUnpublishArticle, canUnschedule } from './policy.ts'
import { lookThrough, refuseUnpublishable } from './publishable.ts'
import type { ArticleRow } from './queries.ts'
import { rulesOf } from './rules.ts'
import { toArticleSource } from './view.ts'

/** Sets when an article is published, or a published one becomes a draft again; a time that was set before gives way. */
export async function scheduleArticle(
  ctx: AuthedCtx,
  input: ScheduleArticle,
): Promise<ArticleSource> {
  const { action, id, version, ...time } = input
  const looked = await lookThrough(
    ctx,
    id,
    (article) =>
      action === 'publish' && isAllowed(canPublishArticle(ctx.actor, article, rulesOf(ctx))),
  )
  return transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, { id, version })
    authorize(
      action === 'publish'
        ? canPublishArticle(ctx.actor, article, rulesOf(ctx))
        : canUnpublishArticle(ctx.actor, article),
    )
    refusePast(ctx, time.at, 'at')
    if (action === 'publish') await refuseUnpublishable(ctx, tx, article, looked)
    const status = action === 'publish' ? 'scheduled' : article.status
    return toArticleSource(ctx, await setTime(ctx, tx, article, { status, ...time }))
  })
}

/** Takes the time back: what was scheduled is a draft again, what is published stays so. */
export const unscheduleArticle = (
  ctx: AuthedCtx,
  input: ArticleAtVersion,
): Promise<ArticleSource> =>
  transact(ctx, async (tx) => {
    const article = await getArticleToChange(ctx, tx, input)
    authorize(canUnschedule(ctx.actor, article))
    const status = article.status === 'scheduled' ? 'draft' : article.status
    const row = await moveArticle(ctx, tx, article, { to: { status }, change: 'unscheduled' })
    const userId = ctx.actor.user.id
    await emit(ctx, tx, 'article.unscheduled', { articleId: row.id, userId })
    return toArticleSource(ctx, row)
  })

type Chosen = { status: ArticleRow['status']; at: string; zone: string }

/** Writes the time down, and leaves a job for it: by the right of the caller, who must still have it then. */
export async function setTime(
  ctx: AuthedCtx,
  tx: Tx,
  article: ArticleRow,
  { status, at, zone }: Chosen,
): Promise<ArticleRow> {
  const userId = ctx.actor.user.id
  const scheduledAt = new Date(at)
  const to = { status, scheduledAt, scheduledZone: zone, scheduledBy: userId }
  const row = await moveArticle(ctx, tx, article, { to, change: 'scheduled' })
  await ctx.jobs.enqueue(tx, applySchedule, {}, { startAfter: scheduledAt })
  await emit(ctx, tx, 'article.scheduled', { articleId: row.id, userId })
  return row
}

export function refusePast(ctx: Ctx, at: string, path: string): void {
  if (new Date(at) > ctx.now()) return
  throw new AppError('request/invalid', { fields: [{ path, message: 'Must be in the future.' }] })
}
