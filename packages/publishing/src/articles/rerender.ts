import type { JobStarted } from '@galley/contract/platform/jobs'
import { articles } from '@galley/db/schema'
import type { JobDefinition, RunningJob } from '@galley/jobs/jobs'
import { and, gt, ne } from 'drizzle-orm'
import { z } from 'zod'
import { countStaleComments, renderStaleComments } from '../comments/rerender.ts'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { renderEach } from '../render.ts'
import { startSharedJob } from '../start-shared-job.ts'
import { keepRendered, renderedBody } from './internal.ts'

/** Renders again every text that an older renderer made. */
export const rerenderTexts: JobDefinition<Record<string, never>> = {
  name: 'articles.rerender',
  payload: z.strictObject({}),
  timeoutSeconds: 30 * 60,
  concurrency: 1,
}

/** Starts to render all texts again, or returns the job that does: there is one at a time. */
export const rerenderArticles = (ctx: AuthedCtx): Promise<JobStarted> =>
  startSharedJob(ctx, rerenderTexts, {})

/**
 * The job: articles, then comments, as far as the current renderer did not make them. Run again it goes on where it
 * stopped, since what it has rendered is no longer stale. Returns how many texts could not be rendered.
 */
export async function renderStaleTexts(
  ctx: Ctx,
  _payload: object,
  { progress }: Pick<RunningJob, 'progress'>,
): Promise<{ failed: number }> {
  const total = (await countStaleArticles(ctx)) + (await countStaleComments(ctx))
  let done = 0
  const onBatch = (count: number) => progress((done = Math.min(done + count, total)), total)
  await progress(0, total)
  await renderStaleArticles(ctx, onBatch)
  await renderStaleComments(ctx, onBatch)
  return { failed: (await countStaleArticles(ctx)) + (await countStaleComments(ctx)) }
}

const isStale = (ctx: Ctx) => ne(articles.renderVersion, ctx.markdown.version)

const countStaleArticles = (ctx: Ctx) => ctx.db.$count(articles, isStale(ctx))

const renderStaleArticles = (ctx: Ctx, onBatch: (count: number) => Promise<void>) =>
  renderEach(ctx, {
    listAfter: (id) =>
      ctx.db
        .select({
          id: articles.id,
          authorId: articles.authorId,
          body: articles.body,
          version: articles.version,
          renderVersion: articles.renderVersion,
        })
        .from(articles)
        .where(and(isStale(ctx), id === undefined ? undefined : gt(articles.id, id)))
        .orderBy(articles.id)
        .limit(50),
    // An article that is changed meanwhile is rendered by the change.
    render: async (article) => keepRendered(ctx, article, await renderedBody(ctx, article)),
    onBatch,
  })
