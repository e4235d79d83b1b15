import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id } from '../../columns.ts'
import { users } from '../platform/users.ts'
import { articles } from './articles.ts'

/** What those who write and review an article say of it among themselves, and the steps of its reviews. */
export const reviewNotes = pgTable(
  'review_notes',
  {
    id: id(),
    articleId: uuid('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    authorId: uuid('author_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text('kind', {
      enum: ['note', 'requested', 'withdrawn', 'approved', 'sent_back'],
    }).notNull(),
    /** Plain text. */
    body: text('body').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index('review_notes_article_idx').on(t.articleId, t.createdAt, t.id),
    index('review_notes_author_id_idx').on(t.authorId),
    check(
      'review_notes_kind_check',
      sql`${t.kind} in ('note', 'requested', 'withdrawn', 'approved', 'sent_back')`,
    ),
    check(
      'review_notes_body_check',
      sql`length(${t.body}) <= 2000 and (${t.body} <> '' or ${t.kind} not in ('note', 'sent_back'))`,
    ),
  ],
)
