import type { Page } from '@galley/contract/primitives'
import type { ListMyArticles, MyArticle } from '@galley/contract/publishing/articles'
import { articles } from '@galley/db/schema'
import { listPage, placeAt, TimeCursor } from '@galley/platform/cursor'
import { and, eq } from 'drizzle-orm'
import type { AuthedCtx } from '../ctx.ts'
import { listLastChanged } from './queries.ts'
import { toMyArticle } from './view.ts'

/** The caller's own articles, last changed first. */
export function listMyArticles(ctx: AuthedCtx, input: ListMyArticles): Promise<Page<MyArticle>> {
  const { status } = input
  const isWanted = and(
    eq(articles.authorId, ctx.actor.user.id),
    status && eq(articles.status, status),
  )
  return listPage(input, {
    cursor: TimeCursor,
    find: (start) => listLastChanged(ctx.db, isWanted, start),
    count: () => ctx.db.$count(articles, isWanted),
    toCursor: (row) => placeAt(row.updatedAt, row.id),
    toItem: (row) => toMyArticle(ctx.actor, row),
  })
}
