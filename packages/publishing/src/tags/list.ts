import { line, type Page } from '@galley/contract/primitives'
import type { ListTags, TagView } from '@galley/contract/publishing/tags'
import { tags } from '@galley/db/schema'
import { and, desc, eq, gt, lt, or } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { decodeCursor, pageOf, withTotal } from '@galley/platform/cursor'
import { isUsed } from './queries.ts'

const TagCursor = z.tuple([z.int32().min(0), line(100)])

/** Tags of published articles, the most used first. */
export async function listTags(ctx: Ctx, input: ListTags): Promise<Page<TagView>> {
  const after = decodeCursor(TagCursor, input.cursor)
  const rows = await ctx.db
    .select({ slug: tags.slug, articleCount: tags.articleCount })
    .from(tags)
    .where(and(isUsed, after ? comesAfter(after) : undefined))
    .orderBy(desc(tags.articleCount), tags.slug)
    .limit(input.limit + 1)
    .offset(input.offset ?? 0)
  const list = pageOf(
    rows,
    input.limit,
    (row) => [row.articleCount, row.slug],
    (row) => row,
  )
  return input.total ? withTotal(list, await ctx.db.$count(tags, isUsed)) : list
}

const comesAfter = ([count, slug]: z.output<typeof TagCursor>) =>
  or(lt(tags.articleCount, count), and(eq(tags.articleCount, count), gt(tags.slug, slug)))
