import { line, type Page } from '@galley/contract/primitives'
import type { ListTags, TagBySlug, TagView } from '@galley/contract/publishing/tags'
import type { Tx } from '@galley/db/client'
import { articleTags, tags } from '@galley/db/schema'
import { listPage } from '@galley/platform/cursor'
import { AppError } from '@galley/platform/errors'
import { and, desc, eq, gt, inArray, lt, or } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

const TagCursor = z.tuple([z.int32().min(0), line(100)])

/** Tags of published articles, the most used first. */
export const listTags = (ctx: Ctx, input: ListTags): Promise<Page<TagView>> =>
  listPage(input, {
    cursor: TagCursor,
    find: ({ after, offset, limit }) =>
      ctx.db
        .select({ slug: tags.slug, articleCount: tags.articleCount })
        .from(tags)
        .where(and(isUsed, after ? comesAfter(after) : undefined))
        .orderBy(desc(tags.articleCount), tags.slug)
        .offset(offset)
        .limit(limit),
    count: () => ctx.db.$count(tags, isUsed),
    toCursor: (row): z.output<typeof TagCursor> => [row.articleCount, row.slug],
    toItem: (row) => row,
  })

const comesAfter = ([count, slug]: z.output<typeof TagCursor>) =>
  or(lt(tags.articleCount, count), and(eq(tags.articleCount, count), gt(tags.slug, slug)))

/** One tag of published articles, however it is written in `input`. */
export async function getTag(ctx: Ctx, { slug }: TagBySlug): Promise<TagView> {
  const [tag] = await ctx.db
    .select({ slug: tags.slug, articleCount: tags.articleCount })
    .from(tags)
    .where(and(eq(tags.slug, slug), isUsed))
  if (!tag) throw new AppError('tag/not-found')
  return tag
}

/** Tags of published articles alone are shown. */
const isUsed = gt(tags.articleCount, 0)

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
