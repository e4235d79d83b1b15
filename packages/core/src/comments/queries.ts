import type { Queryable, Tx } from '@galley/db/client'
import { articles, comments, users } from '@galley/db/schema'
import { and, eq, sql } from 'drizzle-orm'
import type { TimeCursor } from '../cursor.ts'

const columns = {
  id: comments.id,
  articleId: comments.articleId,
  authorId: comments.authorId,
  articleAuthorId: articles.authorId,
  author: { username: users.username, displayName: users.displayName },
  body: comments.body,
  bodyHtml: comments.bodyHtml,
  renderVersion: comments.renderVersion,
  createdAt: comments.createdAt,
  editedAt: comments.editedAt,
}

const select = (db: Queryable) =>
  db
    .select(columns)
    .from(comments)
    .innerJoin(users, eq(users.id, comments.authorId))
    .innerJoin(articles, eq(articles.id, comments.articleId))

export type CommentRow = Awaited<ReturnType<typeof listOfArticle>>[number]

/** Comments of one article, oldest first: up to `limit` of them. */
export function listOfArticle(
  db: Queryable,
  articleId: string,
  after: TimeCursor | null,
  limit: number,
) {
  const later =
    after &&
    sql`(${comments.createdAt}, ${comments.id}) > (${new Date(after[0]).toISOString()}::timestamptz, ${after[1]}::uuid)`
  return select(db)
    .where(and(eq(comments.articleId, articleId), later ?? undefined))
    .orderBy(comments.createdAt, comments.id)
    .limit(limit)
}

/** Locks the comment until the transaction ends. */
export async function findCommentForUpdate(tx: Tx, id: string): Promise<CommentRow | null> {
  const [row] = await select(tx).where(eq(comments.id, id)).for('update', { of: comments })
  return row ?? null
}
