import { transact } from '@galley/platform/ctx'
import { only } from '@galley/platform/rows'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'

/** How many rows are locked at a time. */
const BATCH = 500

/**
 * Makes again what is stored ready of articles (favourites, comments, slugs of tags, bylines, times in `article_tags` and
 * `article_authors`) and of tags, while others write. Triggers keep it; this is for rows that somebody changed past them. Returns how many were wrong.
 */
export async function repairCounts(
  ctx: Ctx,
): Promise<{ articles: number; bylines: number; tags: number }> {
  // Tags are counted by the times in `article_tags`.
  const articles = await repairAll(ctx, 'repair_article_counts')
  const bylines = await repairAll(ctx, 'repair_article_authors')
  return { articles, bylines, tags: await repairAll(ctx, 'repair_tag_counts') }
}

/** By a function of a migration: another one, which fills the columns, uses it too. */
async function repairAll(ctx: Ctx, name: string): Promise<number> {
  let total = 0
  for (let after: string | null = null; ;) {
    const { next, repaired } = await repairNext(ctx, name, after)
    total += repaired
    if (next === null) return total
    after = next
  }
}

async function repairNext(ctx: Ctx, name: string, after: string | null) {
  const batch = sql`select next, repaired from ${sql.identifier(name)}(${after}::uuid, ${BATCH})`
  return only(
    await transact(ctx, (tx) => tx.execute<{ next: string | null; repaired: number }>(batch)),
  )
}
