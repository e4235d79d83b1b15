import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, timestamptz } from '../../columns.ts'
import { articles } from './articles.ts'
import { users } from '../platform/users.ts'

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
