import type { Db, Queryable, Tx } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articles, comments, users } from '@galley/db/schema'
import { bylineColumns } from '@galley/platform/users/queries'
import { and, eq, sql, type SQLWrapper } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { byId, byTime, type Order, type Orders, reversed } from '@galley/platform/order'
import type { CommentOrder } from '@galley/contract/publishing/comments'
import type { z } from 'zod'

const answered = alias(comments, 'answered')
const answeredAuthor = alias(users, 'answered_author')

export const ownColumns = {
  id: comments.id,
  articleId: comments.articleId,
  parentId: comments.parentId,
  authorId: comments.authorId,
  body: comments.body,
  bodyHtml: comments.bodyHtml,
  renderVersion: comments.renderVersion,
  replyCount: comments.replyCount,
  createdAt: comments.createdAt,
  editedAt: comments.editedAt,
  deletedAt: comments.deletedAt,
}

export const articleColumns = {
  articleAuthorId: articles.authorId,
  articleBylineIds: articles.bylineIds,
  articleStatus: articles.status,
  commentsClosed: articles.commentsClosed,
  articlePublishedAt: articles.publishedAt,
}

/** Comments with what a view shows of them. */
export const selectComments = (db: Queryable) =>
  db
    .select({
      ...ownColumns,
      ...articleColumns,
      author: bylineColumns,
      answeredId: answered.id,
      answeredAuthor: {
        username: answeredAuthor.username,
        displayName: answeredAuthor.displayName,
        avatarMediaId: answeredAuthor.avatarMediaId,
      },
    })
    .from(comments)
    .innerJoin(articles, eq(articles.id, comments.articleId))
    .leftJoin(users, eq(users.id, comments.authorId))
    .leftJoin(answered, eq(answered.id, comments.answersId))
    .leftJoin(answeredAuthor, eq(answeredAuthor.id, answered.authorId))

type Selected = Awaited<ReturnType<typeof selectComments>>[number]

export type CommentRow = Omit<Selected, 'answeredId' | 'answeredAuthor'> & {
  /** The reply that it answers. */
  answers: { id: string; author: NonNullable<Selected['answeredAuthor']> } | null
}

export const toCommentRow = ({ answeredId, answeredAuthor: by, ...row }: Selected): CommentRow => ({
  ...row,
  answers: answeredId && by ? { id: answeredId, author: by } : null,
})

export type Sort = z.output<typeof CommentOrder>

type Place = { createdAt: Date; id: string }

export const ordersOf = ({
  createdAt,
  id,
}: Record<keyof Place, SQLWrapper>): Orders<Sort, Place> => {
  const oldest: Order<Place> = [
    byTime(createdAt, (row) => row.createdAt),
    byId(id, (row) => row.id),
  ]
  return { oldest, newest: reversed(oldest) }
}

export const commentOrders = ordersOf(comments)

const commentById = prepared((db) =>
  selectComments(db)
    .where(eq(comments.id, sql.placeholder('id')))
    .prepare('comments_by_id'),
)

export async function findComment(db: Db, id: string): Promise<CommentRow | null> {
  const [row] = await commentById(db).execute({ id })
  return row ? toCommentRow(row) : null
}

/** The comment of an article that begins the thread of another one, or itself; where it stands among them. */
export async function findThread(
  db: Db,
  { articleId, id }: { articleId: string; id: string },
): Promise<Place | null> {
  const within = alias(comments, 'within')
  const [thread] = await db
    .select({ createdAt: comments.createdAt, id: comments.id })
    .from(within)
    .innerJoin(comments, eq(comments.id, sql`coalesce(${within.parentId}, ${within.id})`))
    .where(and(eq(within.id, id), eq(within.articleId, articleId)))
  return thread ?? null
}

/**
 * Locks the article of a comment that is to be deleted: who deletes an article locks it first too, and its comments after
 * it, so that the two cannot block each other.
 */
export async function lockArticleOf(tx: Tx, commentId: string): Promise<void> {
  const articleId = tx
    .select({ id: comments.articleId })
    .from(comments)
    .where(eq(comments.id, commentId))
  await tx
    .select({ id: articles.id })
    .from(articles)
    .where(eq(articles.id, sql`(${articleId})`))
    .for('no key update')
}

/** Locks the comment until the transaction ends. */
export async function findCommentForUpdate(tx: Tx, id: string): Promise<CommentRow | null> {
  const [row] = await selectComments(tx).where(eq(comments.id, id)).for('update', { of: comments })
  return row ? toCommentRow(row) : null
}
