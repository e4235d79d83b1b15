import type { CommentOrder } from '@galley/contract/publishing/comments'
import type { Db, Queryable, Tx } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articles, comments, users } from '@galley/db/schema'
import { bylineColumns } from '@galley/platform/users/queries'
import { and, eq, sql, type SQLWrapper } from 'drizzle-orm'
import { withEvent, type EventRow } from '@galley/platform/events/emit'
import {
  byId,
  byTime,
  type Clauses,
  inOrder,
  type Order,
  type Orders,
  placeValues,
  preparedSorted,
  reversed,
  type SortedStart,
} from '@galley/platform/order'
import type { z } from 'zod'
import { isPublished } from '../articles/queries.ts'

const columns = {
  id: comments.id,
  articleId: comments.articleId,
  authorId: comments.authorId,
  articleAuthorId: articles.authorId,
  articleBylineIds: articles.bylineIds,
  articleStatus: articles.status,
  author: bylineColumns,
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

export type CommentRow = Awaited<ReturnType<typeof select>>[number]

type Place = { createdAt: Date; id: string }

const ordersOf = ({ createdAt, id }: Record<keyof Place, SQLWrapper>): Orders<Sort, Place> => {
  const oldest: Order<Place> = [
    byTime(createdAt, (row) => row.createdAt),
    byId(id, (row) => row.id),
  ]
  return { oldest, newest: reversed(oldest) }
}

export const commentOrders = ordersOf(comments)

type Sort = z.output<typeof CommentOrder>

const ofArticle = preparedSorted((db, clauses: Clauses<Sort>) =>
  withComments(db, clauses).prepare(`comments_${clauses.name}`),
)

export type ListValues = SortedStart<Sort> & { articleId: string }

/**
 * Who wrote an article, whether it is out, and its comments, up to `limit` of them: one statement. Null where there is no
 * such article.
 */
export async function findArticleWithComments(db: Db, values: ListValues) {
  const { articleId, after, offset, limit } = values
  const statement = ofArticle(db, values)
  const rows = await statement.execute({ articleId, offset, limit, ...placeValues(after) })
  const [first] = rows
  return first ? { ...first.article, comments: rows.flatMap(toCommentRows) } : null
}

/** The comments come by a lateral join: read in order by their index, and no more than the page holds. */
function withComments(db: Queryable, { sort, isBeyond, orderBy }: Clauses<Sort>) {
  const {
    author,
    articleAuthorId: _author,
    articleBylineIds: _byline,
    articleStatus: _status,
    ...own
  } = columns
  const listed = db
    .select({ ...own, ...author })
    .from(comments)
    .innerJoin(users, eq(users.id, comments.authorId))
    .where(and(eq(comments.articleId, articles.id), isBeyond))
    .orderBy(...orderBy)
    .offset(sql.placeholder('offset'))
    .limit(sql.placeholder('limit'))
    .as('listed')
  return db
    .select({
      article: {
        authorId: articles.authorId,
        bylineIds: articles.bylineIds,
        status: articles.status,
      },
      comment: {
        id: listed.id,
        articleId: listed.articleId,
        authorId: listed.authorId,
        body: listed.body,
        bodyHtml: listed.bodyHtml,
        renderVersion: listed.renderVersion,
        createdAt: listed.createdAt,
        editedAt: listed.editedAt,
        username: listed.username,
        displayName: listed.displayName,
        avatarMediaId: listed.avatarMediaId,
      },
    })
    .from(articles)
    .leftJoinLateral(listed, sql`true`)
    .where(eq(articles.id, sql.placeholder('articleId')))
    .orderBy(...inOrder(ordersOf(listed)[sort]))
}

type Found = Awaited<ReturnType<typeof withComments>>[number]

function toCommentRows({ article, comment }: Found): CommentRow[] {
  if (!comment) return []
  const { username, displayName, avatarMediaId, ...own } = comment
  const { authorId: articleAuthorId, bylineIds: articleBylineIds, status: articleStatus } = article
  const author = { username, displayName, avatarMediaId }
  return [{ ...own, author, articleAuthorId, articleBylineIds, articleStatus }]
}

const commentById = prepared((db) =>
  select(db)
    .where(eq(comments.id, sql.placeholder('id')))
    .prepare('comments_by_id'),
)

export async function findComment(db: Db, id: string) {
  const [row] = await commentById(db).execute({ id })
  return row ?? null
}

/** The comment and its event, where the article is published, in one statement. */
const addComment = prepared((db) => {
  const article = db.$with('article').as(
    db
      .select({ id: articles.id, authorId: articles.authorId, bylineIds: articles.bylineIds })
      .from(articles)
      .where(and(eq(articles.id, sql.placeholder('articleId')), isPublished)),
  )
  const added = db.$with('added').as(
    db
      .insert(comments)
      .select(
        db
          .select({
            id: sql`${sql.placeholder('id')}::uuid`.as('id'),
            articleId: article.id,
            authorId: sql`${sql.placeholder('authorId')}::uuid`.as('author_id'),
            body: sql`${sql.placeholder('body')}`.as('body'),
            bodyHtml: sql`${sql.placeholder('bodyHtml')}`.as('body_html'),
            renderVersion: sql`${sql.placeholder('renderVersion')}::integer`.as('render_version'),
            createdAt: sql`${sql.placeholder('createdAt')}::timestamptz`.as('created_at'),
            editedAt: sql`null::timestamptz`.as('edited_at'),
          })
          .from(article),
      )
      .returning({ articleId: comments.articleId }),
  )
  return db
    .with(article, added, withEvent(db, added))
    .select({ articleAuthorId: article.authorId, articleBylineIds: article.bylineIds })
    .from(article)
    .prepare('add_comment')
})

type NewComment = Omit<typeof comments.$inferSelect, 'editedAt'>

/** Null where no such article is published. */
export async function insertComment(
  db: Queryable,
  { createdAt, ...values }: NewComment & EventRow,
) {
  const [row] = await addComment(db).execute({ ...values, createdAt: createdAt.toISOString() })
  return row ?? null
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
  const [row] = await select(tx).where(eq(comments.id, id)).for('update', { of: comments })
  return row ?? null
}
