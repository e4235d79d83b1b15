import { sql } from 'drizzle-orm'
import {
  check,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, id } from '../columns.ts'
import { articles } from './articles.ts'

export const tags = pgTable(
  'tags',
  { id: id(), slug: text('slug').notNull(), createdAt: createdAt() },
  (t) => [
    uniqueIndex('tags_slug_key').on(t.slug),
    check(
      'tags_slug_check',
      sql`length(${t.slug}) between 1 and 40 and ${t.slug} !~ '[A-Z]' and ${t.slug} !~ '[[:space:]/?#]'`,
    ),
  ],
)

export const articleTags = pgTable(
  'article_tags',
  {
    articleId: uuid('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    tagId: uuid('tag_id')
      .notNull()
      .references(() => tags.id, { onDelete: 'restrict' }),
    position: smallint('position').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.articleId, t.tagId] }),
    index('article_tags_tag_id_idx').on(t.tagId, t.articleId),
  ],
)
