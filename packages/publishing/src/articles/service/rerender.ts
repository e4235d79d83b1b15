import type { JobStarted } from '@galley/contract/platform/jobs'
import { articles, jobRuns } from '@galley/db/schema'
import { and, desc, eq, gt, ne } from 'drizzle-orm'
import { transact } from '@galley/platform/ctx'
import type { Ctx, SessionCtx } from '../../ctx.ts'
import { AppError, toAppError } from '@galley/platform/errors'
import { rerenderTexts } from '../jobs.ts'
import { renderedBody } from '../rendering.ts'

/** Starts to render all texts again, or returns the job that does: there is one at a time. */
export function rerenderArticles(ctx: SessionCtx): Promise<JobStarted> {
  const ownerId = ctx.actor.user.id
  return transact(ctx, async (tx) => {
    const taken = await ctx.jobs.enqueue(
      tx,
      rerenderTexts,
      {},
      { ownerId, key: 'all', shared: true },
    )
    if (taken) return { jobId: taken }
    const [run] = await tx
      .select({ jobId: jobRuns.id })
      .from(jobRuns)
      .where(
        // One that has just ended holds its place for a moment longer.
        and(eq(jobRuns.job, rerenderTexts.name), ne(jobRuns.status, 'cancelled')),
      )
      .orderBy(desc(jobRuns.createdAt))
      .limit(1)
    if (!run) throw new AppError('server/unavailable', { retryAfterSeconds: 1 })
    return run
  })
}

const BATCH = 50

const staleArticle = (ctx: Ctx) => ne(articles.renderVersion, ctx.markdown.version)

export const countStaleArticles = (ctx: Ctx) => ctx.db.$count(articles, staleArticle(ctx))

/** Renders all articles anew that need it, and tells how many after each batch; one that cannot be is left as it is. */
export async function renderStaleArticles(
  ctx: Ctx,
  onBatch: (count: number) => Promise<void>,
): Promise<void> {
  for (let after: string | undefined; ;) {
    const rows = await ctx.db
      .select({ id: articles.id, body: articles.body, version: articles.version })
      .from(articles)
      .where(and(staleArticle(ctx), after === undefined ? undefined : gt(articles.id, after)))
      .orderBy(articles.id)
      .limit(BATCH)
    for (const row of rows) {
      await renderArticle(ctx, row).catch((error: unknown) => {
        // A job that finds the renderer busy is tried again, and goes on where it stopped.
        if (toAppError(error).reason === 'server/unavailable') throw error
        ctx.log.warn({ err: error, articleId: row.id }, 'article could not be rendered again')
      })
    }
    after = rows.at(-1)?.id
    if (after === undefined) return
    await onBatch(rows.length)
  }
}

async function renderArticle(ctx: Ctx, row: { id: string; body: string; version: number }) {
  // An article that is changed meanwhile is rendered by the change.
  const unchanged = and(eq(articles.id, row.id), eq(articles.version, row.version))
  await ctx.db
    .update(articles)
    .set(await renderedBody(ctx, row.body))
    .where(unchanged)
}
