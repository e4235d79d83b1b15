import { desc } from 'drizzle-orm'
import { index, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core'
import { createdAt } from '../../columns.ts'
import { articles } from './articles.ts'
import { users } from '../platform/users.ts'

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
    index('favourites_user_created_idx').on(t.userId, desc(t.createdAt), desc(t.articleId)),
  ],
)
