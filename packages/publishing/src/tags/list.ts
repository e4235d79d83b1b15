import { line, type Page } from '@galley/contract/primitives'
import type { ListTags, TagView } from '@galley/contract/publishing/tags'
import { tags } from '@galley/db/schema'
import { and, desc, eq, gt, lt, or } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { listPage } from '@galley/platform/cursor'
import { isUsed } from './queries.ts'

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
