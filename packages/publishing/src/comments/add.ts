import type { Queryable } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articles, commentMentions, comments, users } from '@galley/db/schema'
import { withEvent, type EventRow } from '@galley/platform/events/emit'
import { bylineColumns } from '@galley/platform/users/queries'
import { and, eq, isNull, sql, type SQLWrapper } from 'drizzle-orm'
import { isPublished } from '../articles/queries.ts'
import type { Mentioned } from './mentions.ts'
import type { CommentRow } from './queries.ts'

type NewComment = {
  id: string
  articleId: string
  parentId: string | undefined
  authorId: string
  body: string
  bodyHtml: string
  renderVersion: number
  createdAt: Date
  mentioned: Mentioned
  /** Where the article was published before, it takes none; null where that does not count. */
  openSince: Date | null
}

/** The thread that a reply is in, and the reply that it answers. */
type Thread = Pick<CommentRow, 'answers'> & { id: string }

type Added = Pick<CommentRow, 'articleAuthorId' | 'articleBylineIds'> & { thread: Thread | null }

/**
 * Adds a comment with whom it mentions and its event, where the article is published and takes comments, and where the
 * comment that it replies to is there: one statement. Null where one of that is not so.
 */
export async function addComment(
  db: Queryable,
  { createdAt, mentioned, parentId, openSince, ...values }: NewComment & EventRow,
): Promise<Added | null> {
  const kind = mentioned.length > 0 ? 'calling' : 'plain'
  const row = {
    ...values,
    parentId,
    createdAt: createdAt.toISOString(),
    openSince: openSince?.toISOString() ?? '-infinity',
    names: mentioned.map(({ name }) => name),
    people: mentioned.map(({ userId }) => userId),
  }
  if (parentId === undefined) {
    const [added] = await newThread[kind](db).execute(row)
    return added ? { ...added, thread: null } : null
  }
  const [added] = await newReply[kind](db).execute(row)
  if (!added) return null
  const { articleAuthorId, articleBylineIds, threadId: id, answersId, ...author } = added
  const thread = { id, answers: answersId ? { id: answersId, author } : null }
  return { articleAuthorId, articleBylineIds, thread }
}

/** Locked before its comments, as by who deletes one, who closes it and who takes it back. */
const openArticle = (db: Queryable) =>
  db.$with('article').as(
    db
      .select({ id: articles.id, authorId: articles.authorId, bylineIds: articles.bylineIds })
      .from(articles)
      .where(
        and(
          eq(articles.id, sql.placeholder('articleId')),
          isPublished,
          sql`not ${articles.commentsClosed}`,
          sql`${articles.publishedAt} >= ${sql.placeholder('openSince')}::timestamptz`,
        ),
      )
      .for('no key update'),
  )

/** The comment that is replied to, locked against its deletion; a reply to a reply is in the thread of that. */
const parentIn = (db: Queryable, article: ReturnType<typeof openArticle>) =>
  db.$with('parent').as(
    db
      .select({
        articleId: article.id,
        articleAuthorId: sql<string>`${article.authorId}`.as('article_author_id'),
        articleBylineIds: article.bylineIds,
        threadId: sql<string>`coalesce(${comments.parentId}, ${comments.id})`.as('thread_id'),
        answersId: sql<
          string | null
        >`case when ${comments.parentId} is not null then ${comments.id} end`.as('answers_id'),
        ...bylineColumns,
      })
      .from(article)
      .innerJoin(comments, eq(comments.articleId, article.id))
      .innerJoin(users, eq(users.id, comments.authorId))
      .where(and(eq(comments.id, sql.placeholder('parentId')), isNull(comments.deletedAt)))
      .for('key share', { of: comments }),
  )

const newThread = {
  plain: prepared((db) => addThread(db, false).prepare('add_comment')),
  calling: prepared((db) => addThread(db, true).prepare('add_comment_calling')),
}

const newReply = {
  plain: prepared((db) => addReply(db, false).prepare('add_reply')),
  calling: prepared((db) => addReply(db, true).prepare('add_reply_calling')),
}

function addThread(db: Queryable, isCalling: boolean) {
  const article = openArticle(db)
  const row = newRow({ articleId: article.id, parentId: none, answersId: none })
  const added = db
    .$with('added')
    .as(db.insert(comments).select(db.select(row).from(article)).returning(returned))
  return db
    .with(article, added, ...following(db, added, isCalling))
    .select({ articleAuthorId: article.authorId, articleBylineIds: article.bylineIds })
    .from(article)
}

function addReply(db: Queryable, isCalling: boolean) {
  const article = openArticle(db)
  const parent = parentIn(db, article)
  const { articleId, threadId: parentId, answersId } = parent
  const row = newRow({ articleId, parentId, answersId })
  const added = db
    .$with('added')
    .as(db.insert(comments).select(db.select(row).from(parent)).returning(returned))
  return db
    .with(article, parent, added, ...following(db, added, isCalling))
    .select({
      articleAuthorId: parent.articleAuthorId,
      articleBylineIds: parent.articleBylineIds,
      threadId: parent.threadId,
      answersId: parent.answersId,
      username: parent.username,
      displayName: parent.displayName,
      avatarMediaId: parent.avatarMediaId,
    })
    .from(parent)
}

const none = sql<string | null>`null::uuid`

/** In the order of the table's columns. */
const newRow = ({
  articleId,
  parentId,
  answersId,
}: Record<'articleId' | 'parentId' | 'answersId', SQLWrapper>) => ({
  id: sql`${sql.placeholder('id')}::uuid`.as('id'),
  articleId: sql`${articleId}`.as('article_id'),
  parentId: sql`${parentId}`.as('parent_id'),
  answersId: sql`${answersId}`.as('answers_id'),
  authorId: sql`${sql.placeholder('authorId')}::uuid`.as('author_id'),
  body: sql`${sql.placeholder('body')}`.as('body'),
  bodyHtml: sql`${sql.placeholder('bodyHtml')}`.as('body_html'),
  renderVersion: sql`${sql.placeholder('renderVersion')}::integer`.as('render_version'),
  replyCount: sql`0`.as('reply_count'),
  createdAt: sql`${sql.placeholder('createdAt')}::timestamptz`.as('created_at'),
  editedAt: sql`null::timestamptz`.as('edited_at'),
  deletedAt: sql`null::timestamptz`.as('deleted_at'),
})

const returned = { id: comments.id }

/** What is written with a comment: its event, and whom it mentions. */
const following = (db: Queryable, added: SQLWrapper, isCalling: boolean) => [
  withEvent(db, added),
  ...(isCalling ? [withMentions(db, added)] : []),
]

const withMentions = (db: Queryable, added: SQLWrapper) =>
  db.$with('mentioned', {}).as(sql`insert into ${commentMentions} (comment_id, user_id, username)
    select ${sql.placeholder('id')}::uuid, person.id, person.name
    from ${added}, unnest(${sql.placeholder('people')}::uuid[], ${sql.placeholder('names')}::text[]) as person (id, name)`)
