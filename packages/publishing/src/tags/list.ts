import type { Page } from '@galley/contract/primitives'
import type { ListTags, TagBySlug, TagOrder, TagView } from '@galley/contract/publishing/tags'
import type { Tx } from '@galley/db/client'
import { articleTags, tags } from '@galley/db/schema'
import { AppError } from '@galley/platform/errors'
import { countListed } from '@galley/platform/count-listed'
import {
  byNumber,
  byText,
  comesAfter,
  inOrder,
  listSorted,
  type Order,
  type Orders,
  reversed,
} from '@galley/platform/order'
import { beginsWith } from '@galley/platform/rows'
import { and, eq, gt, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import type { Ctx } from '../ctx.ts'

/** Tags of published articles. */
export function listTags(ctx: Ctx, input: ListTags): Promise<Page<TagView>> {
  const { query } = input
  const isWanted = and(isUsed, query === undefined ? undefined : beginsWith(tags.slug, query))
  return listSorted(input, {
    orders,
    byDefault: 'used',
    find: ({ order, after, offset, limit }) =>
      ctx.db
        .select({ slug: tags.slug, articleCount: tags.articleCount })
        .from(tags)
        .where(and(isWanted, comesAfter(order, after)))
        .orderBy(...inOrder(order))
        .offset(offset)
        .limit(limit),
    count: () => countListed(ctx.db, tags, isWanted),
    toItem: (row) => row,
  })
}

const name: Order<TagView> = [byText(tags.slug, ({ slug }) => slug)]
const rarest: Order<TagView> = [byNumber(tags.articleCount, (row) => row.articleCount)]

const orders: Orders<z.output<typeof TagOrder>, TagView> = {
  used: [...reversed(rarest), ...name],
  name,
}

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
