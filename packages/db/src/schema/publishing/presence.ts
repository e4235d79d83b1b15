import { index, jsonb, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { createdAt, timestamptz } from '../../columns.ts'
import { users } from '../platform/users.ts'
import { articles } from './articles.ts'

/**
 * Who has an article open to edit it, and where they are: `Place` of the contract. Unlogged, as it is written every few seconds
 * and means nothing after a crash. What is written then is in no index, so that a row is changed within its page.
 */
export const articlePresence = pgTable(
  'article_presence',
  {
    articleId: uuid('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Of several pages of theirs, the one that was heard of last. */
    pageId: uuid('page_id').notNull(),
    place: jsonb('place'),
    /** When they came. */
    createdAt: createdAt(),
    seenAt: timestamptz('seen_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.articleId, t.userId] }),
    index('article_presence_user_id_idx').on(t.userId),
  ],
)
