import { desc, sql } from 'drizzle-orm'
import { check, index, pgTable, primaryKey, smallint, uuid } from 'drizzle-orm/pg-core'
import { createdAt, timestamptz } from '../../columns.ts'
import { users } from '../platform/users.ts'
import { articles } from './articles.ts'

/** Who writes an article: its author, by the triggers of migration `co_authors_addresses`, those who write along, and those who are invited to. */
export const articleAuthors = pgTable(
  'article_authors',
  {
    articleId: uuid('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** In the byline, from 0; those who were invited last come last. */
    position: smallint('position').notNull(),
    /** Null of the author, who needs no invitation. */
    invitedBy: uuid('invited_by').references(() => users.id, { onDelete: 'set null' }),
    createdAt: createdAt(),
    /** Null while the invitation waits. */
    acceptedAt: timestamptz('accepted_at'),
    /** When the article was published, null while it is not, or the invitation waits; kept by triggers. */
    publishedAt: timestamptz('published_at'),
  },
  (t) => [
    primaryKey({ columns: [t.articleId, t.userId] }),
    index('article_authors_published_idx')
      .on(t.userId, desc(t.publishedAt), desc(t.articleId))
      .where(sql`${t.publishedAt} is not null`),
    index('article_authors_user_id_idx').on(t.userId, desc(t.createdAt), desc(t.articleId)),
    index('article_authors_invited_by_idx')
      .on(t.invitedBy)
      .where(sql`${t.invitedBy} is not null`),
    check('article_authors_position_check', sql`${t.position} >= 0`),
  ],
)
