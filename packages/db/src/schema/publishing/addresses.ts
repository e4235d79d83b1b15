import { desc, sql } from 'drizzle-orm'
import { check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, timestamptz } from '../../columns.ts'
import { users } from '../platform/users.ts'
import { articles } from './articles.ts'

/**
 * Slugs that articles had once they were out: they lead to the article for ever, and no other one gets them. Kept by the
 * triggers of migration `co_authors_addresses`.
 */
export const formerSlugs = pgTable(
  'former_slugs',
  {
    slug: text('slug').primaryKey(),
    articleId: uuid('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [index('former_slugs_article_id_idx').on(t.articleId)],
)

/** Addresses by which people without an account see what is not out yet. Of the token, only its SHA-256 (hex) is stored. */
export const previewLinks = pgTable(
  'preview_links',
  {
    id: id(),
    articleId: uuid('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    tokenHash: text('token_hash').notNull(),
    /** For whom it is, in the words of who made it. */
    name: text('name').notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: timestamptz('expires_at').notNull(),
  },
  (t) => [
    uniqueIndex('preview_links_token_hash_key').on(t.tokenHash),
    index('preview_links_article_id_idx').on(t.articleId, desc(t.createdAt), desc(t.id)),
    index('preview_links_created_by_idx').on(t.createdBy),
    index('preview_links_expires_at_idx').on(t.expiresAt),
    check('preview_links_token_hash_check', sql`${t.tokenHash} ~ '^[0-9a-f]{64}$'`),
    check('preview_links_name_check', sql`length(${t.name}) <= 80`),
  ],
)
