import { desc, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, id, timestamptz } from '../../columns.ts'
import { users } from '../platform/users.ts'
import { articles } from './articles.ts'
import { tags } from './tags.ts'

export const comments = pgTable(
  'comments',
  {
    id: id(),
    articleId: uuid('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    /** The comment whose thread a reply is in: never one that is a reply itself. */
    parentId: uuid('parent_id').references((): AnyPgColumn => comments.id),
    /** The reply of the same thread that a reply answers. */
    answersId: uuid('answers_id').references((): AnyPgColumn => comments.id, {
      onDelete: 'set null',
    }),
    /** Null of one that is deleted and kept for its replies: nothing of it is left but its place. */
    authorId: uuid('author_id').references(() => users.id, { onDelete: 'cascade' }),
    body: text('body').notNull(),
    bodyHtml: text('body_html').notNull(),
    renderVersion: integer('render_version').notNull(),
    /** Kept by the triggers of migration 0031. */
    replyCount: integer('reply_count').notNull().default(0),
    createdAt: createdAt(),
    editedAt: timestamptz('edited_at'),
    deletedAt: timestamptz('deleted_at'),
  },
  (t) => [
    // One for all three: comments of an article, replies of one of them, and what goes with an article.
    index('comments_thread_idx').on(t.articleId, t.parentId, t.createdAt, t.id),
    index('comments_parent_id_idx')
      .on(t.parentId)
      .where(sql`${t.parentId} is not null`),
    index('comments_answers_id_idx')
      .on(t.answersId)
      .where(sql`${t.answersId} is not null`),
    index('comments_author_id_idx').on(t.authorId),
    check(
      'comments_body_check',
      sql`case when ${t.deletedAt} is null then length(${t.body}) between 1 and 5000 else ${t.body} = '' and ${t.bodyHtml} = '' end`,
    ),
    check('comments_author_check', sql`(${t.authorId} is null) = (${t.deletedAt} is not null)`),
    check('comments_answers_check', sql`${t.answersId} is null or ${t.parentId} is not null`),
  ],
)

/** Whom a comment mentions, by the name that stands in its text: the person may have another by now. */
export const commentMentions = pgTable(
  'comment_mentions',
  {
    commentId: uuid('comment_id')
      .notNull()
      .references(() => comments.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    username: text('username').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.commentId, t.username] }),
    index('comment_mentions_user_id_idx').on(t.userId),
  ],
)

export const favourites = pgTable(
  'favourites',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    articleId: uuid('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.articleId] }),
    index('favourites_article_id_idx').on(t.articleId),
    // Rows arrive in this order: what a day added is found without a tree to keep.
    index('favourites_created_at_idx').using('brin', t.createdAt),
    index('favourites_user_created_idx').on(t.userId, desc(t.createdAt), desc(t.articleId)),
  ],
)

export const follows = pgTable(
  'follows',
  {
    followerId: uuid('follower_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    followedId: uuid('followed_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.followerId, t.followedId] }),
    index('follows_followed_created_idx').on(t.followedId, desc(t.createdAt), desc(t.followerId)),
    index('follows_follower_created_idx').on(t.followerId, desc(t.createdAt), desc(t.followedId)),
    check('follows_self_check', sql`${t.followerId} <> ${t.followedId}`),
  ],
)

export const tagFollows = pgTable(
  'tag_follows',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    tagId: uuid('tag_id')
      .notNull()
      .references(() => tags.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.tagId] }),
    index('tag_follows_tag_created_idx').on(t.tagId, desc(t.createdAt), desc(t.userId)),
    index('tag_follows_user_created_idx').on(t.userId, desc(t.createdAt), desc(t.tagId)),
  ],
)
