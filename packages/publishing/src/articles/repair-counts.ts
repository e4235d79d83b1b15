import { transact } from '@galley/platform/ctx'
import { only } from '@galley/platform/rows'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'

/** How many rows are locked at a time. */
const BATCH = 500

/**
 * Counts again what is stored ready of articles (favourites, comments, slugs of tags, times in `article_tags`) and of tags,
 * while others write. Triggers keep it; this is for rows that somebody changed past them. Returns how many were wrong.
 */
export async function repairCounts(ctx: Ctx): Promise<{ articles: number; tags: number }> {
  // Tags are counted by the times in `article_tags`.
  const articles = await repairAll(ctx, 'repair_article_counts')
  return { articles, tags: await repairAll(ctx, 'repair_tag_counts') }
}

/** By a function of migration 0019: the migration that fills the columns uses it too. */
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
