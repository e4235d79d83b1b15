import type { RunningJob } from '@galley/jobs/jobs'
import { countStaleArticles, renderStaleArticles } from './service.ts'
import { countStaleComments, renderStaleComments } from '../comments/service.ts'
import type { Ctx } from '../ctx.ts'

/**
 * The job: articles, then comments, as far as the current renderer did not make them. Run again it goes on where it
 * stopped, since what it has rendered is not stale any more.
 */
export async function renderStaleTexts(
  ctx: Ctx,
  _payload: object,
  { progress }: Pick<RunningJob, 'progress'>,
): Promise<void> {
  const total = (await countStaleArticles(ctx)) + (await countStaleComments(ctx))
  let done = 0
  const onBatch = (count: number) => progress((done = Math.min(done + count, total)), total)
  await progress(0, total)
  await renderStaleArticles(ctx, onBatch)
  await renderStaleComments(ctx, onBatch)
}
