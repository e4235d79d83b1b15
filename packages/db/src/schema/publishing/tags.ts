import { desc, sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, id, timestamptz } from '../../columns.ts'
import { articles } from './articles.ts'

export const tags = pgTable(
  'tags',
  {
    id: id(),
    slug: text('slug').notNull(),
    /** Published articles that carry it; kept by the triggers of migration 0007. */
    articleCount: integer('article_count').notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    index('tags_used_idx')
      .on(desc(t.articleCount), t.slug)
      .where(sql`${t.articleCount} > 0`),
    index('tags_slug_pattern_idx').on(t.slug.op('text_pattern_ops')),
    check('tags_article_count_check', sql`${t.articleCount} >= 0`),
    uniqueIndex('tags_slug_key').on(t.slug),
    check(
      'tags_slug_check',
      sql`length(${t.slug}) between 1 and 40 and ${t.slug} !~ '[A-Z]' and ${t.slug} !~ '[[:space:]/?]'`,
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
    /** When its article was published, null while it is a draft; kept by the triggers of migration 0019. */
    publishedAt: timestamptz('published_at'),
  },
  (t) => [
    primaryKey({ columns: [t.articleId, t.tagId] }),
    index('article_tags_tag_id_idx').on(t.tagId, t.articleId),
    index('article_tags_published_idx')
      .on(t.tagId, desc(t.publishedAt), desc(t.articleId))
      .where(sql`${t.publishedAt} is not null`),
  ],
)
