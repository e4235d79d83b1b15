import type { Page } from '@galley/contract/primitives'
import type { ListMyArticles, MyArticle } from '@galley/contract/publishing/articles'
import type { Db } from '@galley/db/client'
import { articles } from '@galley/db/schema'
import { decodeCursor, pageOf, TimeCursor } from '@galley/platform/cursor'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { AuthedCtx } from '../ctx.ts'
import { isAfter, mineColumns } from './queries.ts'
import { toMyArticle } from './view.ts'

/** The caller's own articles, last changed first. */
export async function listMyArticles(
  ctx: AuthedCtx,
  input: ListMyArticles,
): Promise<Page<MyArticle>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const { status, limit } = input
  const rows = await listByAuthor(ctx.db, {
    authorId: ctx.actor.user.id,
    status,
    after,
    limit: limit + 1,
  })
  return pageOf(
    rows,
    limit,
    (row) => [row.updatedAt.getTime(), row.id],
    (row) => toMyArticle(ctx.actor, row),
  )
}

type MineValues = {
  authorId: string
  status?: 'draft' | 'published' | undefined
  after: TimeCursor | null
  limit: number
}

function listByAuthor(db: Db, { authorId, status, after, limit }: MineValues) {
  return db
    .select(mineColumns)
    .from(articles)
    .where(
      and(
        eq(articles.authorId, authorId),
        status && eq(articles.status, status),
        isAfter(sql`(${articles.updatedAt}, ${articles.id})`, after),
      ),
    )
    .orderBy(desc(articles.updatedAt), desc(articles.id))
    .limit(limit)
}
