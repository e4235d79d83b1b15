import { line, type Page } from '@galley/contract/primitives'
import type { ListTags, TagView } from '@galley/contract/tags'
import type { Tx } from '@galley/db/client'
import { articles, articleTags, tags } from '@galley/db/schema'
import { and, count, countDistinct, desc, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { decodeCursor, pageOf, withTotal } from '../cursor.ts'

const TagCursor = z.tuple([z.int32().min(0), line(100)])

/** Tags of published articles, the most used first. */
export async function listTags(ctx: Ctx, input: ListTags): Promise<Page<TagView>> {
  const after = decodeCursor(TagCursor, input.cursor)
  const articleCount = count()
  const rows = await ctx.db
    .select({ slug: tags.slug, articleCount })
    .from(tags)
    .innerJoin(articleTags, eq(articleTags.tagId, tags.id))
    .innerJoin(
      articles,
      and(eq(articles.id, articleTags.articleId), eq(articles.status, 'published')),
    )
    .groupBy(tags.slug)
    .having(after ? sql`(-${articleCount}, ${tags.slug}) > (${-after[0]}, ${after[1]})` : undefined)
    .orderBy(desc(articleCount), tags.slug)
    .limit(input.limit + 1)
    .offset(input.offset ?? 0)
  const list = pageOf(
    rows,
    input.limit,
    (row) => [row.articleCount, row.slug],
    (row) => row,
  )
  return input.total ? withTotal(list, await countTags(ctx)) : list
}

async function countTags(ctx: Ctx): Promise<number> {
  const [row] = await ctx.db
    .select({ total: countDistinct(articleTags.tagId) })
    .from(articleTags)
    .innerJoin(
      articles,
      and(eq(articles.id, articleTags.articleId), eq(articles.status, 'published')),
    )
  return row?.total ?? 0
}

/** Makes `slugs`, in this order, the tags of the article; tags that are new are added. */
export async function setArticleTags(tx: Tx, articleId: string, slugs: string[]): Promise<void> {
  await tx.delete(articleTags).where(eq(articleTags.articleId, articleId))
  if (slugs.length === 0) return
  // In one order everywhere, so that two writers of the same new tags cannot wait for each other.
  const sorted = slugs.toSorted().map((slug) => ({ slug }))
  await tx.insert(tags).values(sorted).onConflictDoNothing()
  const rows = await tx.select().from(tags).where(inArray(tags.slug, slugs))
  await tx
    .insert(articleTags)
    .values(rows.map((tag) => ({ articleId, tagId: tag.id, position: slugs.indexOf(tag.slug) })))
}
