import { desc, sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
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
    authorId: uuid('author_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    body: text('body').notNull(),
    bodyHtml: text('body_html').notNull(),
    renderVersion: integer('render_version').notNull(),
    createdAt: createdAt(),
    editedAt: timestamptz('edited_at'),
  },
  (t) => [
    index('comments_article_idx').on(t.articleId, t.createdAt, t.id),
    index('comments_author_id_idx').on(t.authorId),
    check('comments_body_check', sql`length(${t.body}) between 1 and 5000`),
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
