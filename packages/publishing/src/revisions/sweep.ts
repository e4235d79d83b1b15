import { articles, revisions } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import type { Ctx } from '@galley/platform/ctx'
import { gt, sql } from 'drizzle-orm'
import { z } from 'zod'

export const sweepRevisions: JobDefinition<Record<string, never>> = {
  name: 'revisions.sweep',
  payload: z.strictObject({}),
  cron: '40 3 * * *',
  timeoutSeconds: 30 * 60,
}

const DAY_MS = 24 * 60 * 60_000

/** For how long every revision is kept; of those that are older one a day. */
const ALL_DAYS = 30

const BATCH = 500

/** Keeps of days long gone the last revision that readers saw, else the last; the text of today always. */
export async function deleteOldRevisions(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now().getTime() - ALL_DAYS * DAY_MS).toISOString()
  let removed = 0
  for (let after: string | undefined; ;) {
    const batch = await ctx.db
      .select({ id: articles.id })
      .from(articles)
      .where(after === undefined ? undefined : gt(articles.id, after))
      .orderBy(articles.id)
      .limit(BATCH)
    after = batch.at(-1)?.id
    if (after === undefined) break
    const ids = batch.map(({ id }) => id)
    const { count } = await ctx.db.execute(sql`delete from ${revisions} where id in (
      select id from (
        select id, version, max(version) over (partition by article_id) as newest, saved_at,
          row_number() over (
            partition by article_id, (saved_at at time zone 'UTC')::date
            order by was_public desc, version desc
          ) as place
        from ${revisions} where article_id = any(${sql.param(ids)}::uuid[])
      ) placed
      where place > 1 and version < newest and saved_at < ${before}::timestamptz)`)
    removed += count
  }
  ctx.log.info({ removed }, 'old revisions deleted')
}
