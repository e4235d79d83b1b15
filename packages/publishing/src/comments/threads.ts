import { FIRST_REPLIES } from '@galley/contract/publishing/comments'
import type { Db, Queryable } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articles, comments, users } from '@galley/db/schema'
import {
  type Clauses,
  inOrder,
  placeValues,
  preparedSorted,
  type SortedStart,
} from '@galley/platform/order'
import { bylineColumns } from '@galley/platform/users/queries'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import {
  articleColumns,
  commentOrders,
  type CommentRow,
  ordersOf,
  ownColumns,
  selectComments,
  type Sort,
  toCommentRow,
} from './queries.ts'

/** Of the thread that a list begins with because one of it is wanted: as many as a page of replies may hold. */
export const WANTED_REPLIES = 100

/** A comment that begins a thread, with its first replies, one more than are shown. */
export type ThreadRow = CommentRow & { replies: CommentRow[] }

export type ListValues = SortedStart<Sort> & {
  articleId: string
  /** The thread that the page begins with. */
  from: { createdAt: Date; id: string } | null
}

/**
 * Whose an article is, whether it is out, and its threads, up to `limit` of them: one statement. Null where there is no such
 * article.
 */
export async function findArticleWithThreads(db: Db, values: ListValues) {
  const { articleId, after, from, offset, limit, sort } = values
  const place = from
    ? { fromTime: from.createdAt.toISOString(), fromId: from.id }
    : placeValues(after)
  const statement = from ? beginningWith[sort](db) : ofArticle(db, values)
  const rows = await statement.execute({ articleId, offset, limit, ...place })
  const [first] = rows
  return first ? { ...first.article, threads: rows.flatMap(toThread) } : null
}

const ofArticle = preparedSorted((db, clauses: Clauses<Sort>) =>
  withThreads(db, clauses, FIRST_REPLIES).prepare(`comments_${clauses.name}`),
)

const beginningWith = {
  oldest: prepared((db) => beginning(db, 'oldest', sql`>=`)),
  newest: prepared((db) => beginning(db, 'newest', sql`<=`)),
}

function beginning(db: Queryable, sort: Sort, reaches: SQL) {
  const [time, id] = [sql.placeholder('fromTime'), sql.placeholder('fromId')]
  const isBeyond = sql`(${comments.createdAt}, ${comments.id}) ${reaches} (${time}::timestamptz, ${id}::uuid)`
  const orderBy = inOrder(commentOrders[sort])
  const limit = sql.placeholder('limit')
  const clauses = { sort, isBeyond, orderBy, limit, name: `${sort}_from` }
  return withThreads(
    db,
    clauses,
    sql`case when listed.id = ${id}::uuid then ${WANTED_REPLIES}::int else ${FIRST_REPLIES}::int end`,
  ).prepare('comments_' + clauses.name)
}

/** The comments come by a lateral join: read in order by their index, and no more than the page holds. */
function withThreads(
  db: Queryable,
  { sort, isBeyond, orderBy, limit }: Clauses<Sort>,
  replies: number | SQL,
) {
  const listed = db
    .select({ ...ownColumns, ...bylineColumns })
    .from(comments)
    .leftJoin(users, eq(users.id, comments.authorId))
    .where(and(eq(comments.articleId, articles.id), isNull(comments.parentId), isBeyond))
    // Of one value; with it, the order is that of the index.
    .orderBy(sort === 'newest' ? sql`${comments.parentId} desc` : comments.parentId, ...orderBy)
    .offset(sql.placeholder('offset'))
    .limit(limit)
    .as('listed')
  return db
    .select({
      article: articleColumns,
      comment: {
        id: listed.id,
        articleId: listed.articleId,
        parentId: listed.parentId,
        authorId: listed.authorId,
        body: listed.body,
        bodyHtml: listed.bodyHtml,
        renderVersion: listed.renderVersion,
        replyCount: listed.replyCount,
        createdAt: listed.createdAt,
        editedAt: listed.editedAt,
        deletedAt: listed.deletedAt,
        username: listed.username,
        displayName: listed.displayName,
        avatarMediaId: listed.avatarMediaId,
      },
      replies: firstReplies(replies),
    })
    .from(articles)
    .leftJoinLateral(listed, sql`true`)
    .where(eq(articles.id, sql.placeholder('articleId')))
    .orderBy(...inOrder(ordersOf(listed)[sort]))
}

/** A reply as JSON has it. */
type ReplyJson = Pick<CommentRow, 'id' | 'body' | 'bodyHtml' | 'renderVersion' | 'author'> & {
  authorId: string
  createdAt: string
  editedAt: string | null
  answers: CommentRow['answers']
}

const bylineOf = (person: SQL) =>
  sql`json_build_object('username', ${person}.username, 'displayName', ${person}.display_name, 'avatarMediaId', ${person}.avatar_media_id)`

/** The oldest replies of a comment, one more than `count`; no row is looked for where it has none. */
const firstReplies = (count: number | SQL) => sql<
  ReplyJson[] | null
>`case when listed.reply_count > 0 then (
  select json_agg(json_build_object('id', reply.id, 'authorId', reply.author_id, 'body', reply.body, 'bodyHtml', reply.body_html,
    'renderVersion', reply.render_version, 'createdAt', reply.created_at, 'editedAt', reply.edited_at, 'author', ${bylineOf(sql`author`)},
    'answers', case when answered.id is not null then json_build_object('id', answered.id, 'author', ${bylineOf(sql`answered_author`)}) end)
    order by reply.created_at, reply.id)
  from (
    select * from comments where article_id = listed.article_id and parent_id = listed.id
    order by created_at, id limit ${count} + 1
  ) reply join users author on author.id = reply.author_id
  left join comments answered on answered.id = reply.answers_id
  left join users answered_author on answered_author.id = answered.author_id) end`

type Found = Awaited<ReturnType<ReturnType<typeof ofArticle>['execute']>>[number]

function toThread({ article, comment, replies }: Found): ThreadRow[] {
  if (!comment) return []
  const { username, displayName, avatarMediaId, ...own } = comment
  const author =
    username !== null && displayName !== null ? { username, displayName, avatarMediaId } : null
  const thread = { ...own, ...article, author, answers: null }
  return [{ ...thread, replies: (replies ?? []).map((reply) => toReply(thread, reply)) }]
}

const toReply = (thread: CommentRow, { createdAt, editedAt, ...reply }: ReplyJson): CommentRow => ({
  ...thread,
  ...reply,
  parentId: thread.id,
  replyCount: 0,
  createdAt: new Date(createdAt),
  editedAt: editedAt === null ? null : new Date(editedAt),
  deletedAt: null,
})

const repliesTo = preparedSorted((db, { isBeyond, orderBy, limit, name }: Clauses<Sort>) =>
  selectComments(db)
    .where(
      and(
        eq(comments.articleId, sql.placeholder('articleId')),
        eq(comments.parentId, sql.placeholder('id')),
        isBeyond,
      ),
    )
    .orderBy(...orderBy)
    .offset(sql.placeholder('offset'))
    .limit(limit)
    .prepare(`replies_${name}`),
)

/** Replies to a comment, read in order by the index that begins with its article. */
export async function findReplies(
  db: Db,
  { id, articleId }: Pick<CommentRow, 'id' | 'articleId'>,
  start: SortedStart<Sort>,
): Promise<CommentRow[]> {
  const { after, offset, limit } = start
  const values = { id, articleId, offset, limit, ...placeValues(after) }
  const rows = await repliesTo(db, start).execute(values)
  return rows.map(toCommentRow)
}
