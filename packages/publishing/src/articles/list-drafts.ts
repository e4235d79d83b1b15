import type { Page } from '@galley/contract/primitives'
import type { ListDrafts, OthersDraft } from '@galley/contract/publishing/articles'
import { articles } from '@galley/db/schema'
import { listPage, placeAt, TimeCursor } from '@galley/platform/cursor'
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import type { SessionCtx } from '../ctx.ts'
import { idOf, listLastChanged } from './queries.ts'
import { toMyArticle } from './view.ts'

/** Drafts of others for those who may edit them, last changed first. */
export function listDrafts(ctx: SessionCtx, input: ListDrafts): Promise<Page<OthersDraft>> {
  const { author } = input
  const isWanted = and(
    eq(articles.status, sql`'draft'`),
    ne(articles.authorId, ctx.actor.user.id),
    author === undefined ? undefined : inArray(articles.authorId, idOf(ctx.db, author)),
  )
  return listPage(input, {
    cursor: TimeCursor,
    find: (start) => listLastChanged(ctx.db, isWanted, start),
    count: () => ctx.db.$count(articles, isWanted),
    toCursor: (row) => placeAt(row.updatedAt, row.id),
    toItem: (row) => ({ ...toMyArticle(ctx.actor, row), author: row.author }),
  })
}
