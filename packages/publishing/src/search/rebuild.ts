import type { JobStarted } from '@galley/contract/platform/jobs'
import { articles, searchTerms } from '@galley/db/schema'
import type { JobDefinition, RunningJob } from '@galley/jobs/jobs'
import { transact } from '@galley/platform/ctx'
import { only } from '@galley/platform/rows'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { startSharedJob } from '../start-shared-job.ts'

/** How many rows are locked at a time: each means to read a whole text. */
const ARTICLES = 100
const PEOPLE = 500
const TERMS = 500

const Payload = z.strictObject({ since: z.iso.datetime() })
type Payload = z.output<typeof Payload>

/** Makes the search index again, of every article that was not indexed since a moment. */
export const rebuildSearch: JobDefinition<Payload> = {
  name: 'search.rebuild',
  payload: Payload,
  timeoutSeconds: 60 * 60,
  concurrency: 1,
}

const fromNow = (ctx: Ctx): Payload => ({ since: ctx.now().toISOString() })

/** For operators, who have no account: enqueues a rebuild; null while there is one. */
export const startRebuild = (ctx: Ctx): Promise<string | null> =>
  transact(ctx, (tx) => ctx.jobs.enqueue(tx, rebuildSearch, fromNow(ctx), { key: 'all' }))

/** Starts to rebuild the search index, or returns the job that does: there is one at a time. */
export const rebuildSearchIndex = (ctx: AuthedCtx): Promise<JobStarted> =>
  startSharedJob(ctx, rebuildSearch, fromNow(ctx))

/**
 * The job, while others read and write. Run again it goes on where it stopped: what it has indexed is younger than its
 * payload says.
 */
export async function rebuildIndex(
  ctx: Ctx,
  { since }: Payload,
  { progress }: Pick<RunningJob, 'progress'>,
): Promise<void> {
  const total = await ctx.db.$count(articles)
  let done = total - (await countStale(ctx, since))
  await progress(done, total)
  await forEachBatch(async (after) => {
    const batch = await runBatch(
      ctx,
      sql`select next, indexed from index_articles(${after}::uuid, ${since}::timestamptz, ${ARTICLES})`,
    )
    done = Math.min(done + batch.indexed, total)
    await progress(done, total)
    return batch
  })
  await forEachBatch((after) =>
    runBatch(ctx, sql`select next, 0 as indexed from index_people(${after}::uuid, ${PEOPLE})`),
  )
  await forEachBatch((after) => runBatch(ctx, deleteUnusedTerms(after)))
}

type Batch = { next: string | null; indexed: number }

const runBatch = async (ctx: Ctx, statement: ReturnType<typeof sql>) =>
  only(await transact(ctx, (tx) => tx.execute<Batch>(statement)))

async function forEachBatch(run: (after: string | null) => Promise<Batch>): Promise<void> {
  for (let after: string | null = null; ;) {
    const { next } = await run(after)
    if (next === null) return
    after = next
  }
}

async function countStale(ctx: Ctx, since: string): Promise<number> {
  const [row] = await ctx.db.execute<{ count: number }>(sql`
    select count(*)::int as count from articles left join article_search on article_id = id
    where indexed_at is null or indexed_at < ${since}::timestamptz`)
  return row?.count ?? 0
}

/** Words that no title, description, tag or name holds any longer. */
const deleteUnusedTerms = (after: string | null) => sql`
  with batch as (
    select term from ${searchTerms} where term > coalesce(${after}::text, '') order by term limit ${TERMS}
  ), deleted as (
    delete from ${searchTerms} where term in (
      select term from batch
      where not exists (select from article_search where head @@ quote_literal(term)::tsquery)
        and not exists (select from person_search where names @@ quote_literal(term)::tsquery)
    )
  )
  select case when count(*) = ${TERMS} then max(term) end as next, 0 as indexed from batch`
