import type { Tx } from '@galley/db/client'
import { articleTags, tags } from '@galley/db/schema'
import { eq, gt, inArray } from 'drizzle-orm'

/** Tags of published articles alone are shown. */
export const isUsed = gt(tags.articleCount, 0)

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
