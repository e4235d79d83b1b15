import { desc, sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, timestamptz } from '../../columns.ts'
import { media, users } from '../platform/users.ts'
import { articles } from './articles.ts'

/** The texts that an article has had; the last one is what it has now. */
export const revisions = pgTable(
  'revisions',
  {
    id: id(),
    articleId: uuid('article_id')
      .notNull()
      .references(() => articles.id, { onDelete: 'cascade' }),
    authorId: uuid('author_id')
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    /** The last version of the article that had this text. */
    version: integer('version').notNull(),
    cause: text('cause', { enum: ['created', 'saved', 'restored'] }).notNull(),
    /** In the words of its author. */
    reason: text('reason').notNull().default(''),
    /** Whether readers could see it. */
    wasPublic: boolean('was_public').notNull(),
    /** The version whose text it took back. */
    restoredVersion: integer('restored_version'),
    title: text('title').notNull(),
    description: text('description').notNull(),
    coverUrl: text('cover_url'),
    coverMediaId: uuid('cover_media_id').references(() => media.id, { onDelete: 'set null' }),
    coverFocus: jsonb('cover_focus').$type<{ x: number; y: number }>(),
    body: text('body').notNull(),
    language: text('language'),
    tagSlugs: text('tag_slugs').array().notNull(),
    words: integer('words').notNull(),
    /** When its first save was; later ones of the same author replace the text for some minutes. */
    createdAt: timestamptz('created_at').notNull(),
    savedAt: timestamptz('saved_at').notNull(),
  },
  (t) => [
    uniqueIndex('revisions_article_version_key').on(t.articleId, desc(t.version)),
    index('revisions_author_id_idx').on(t.authorId),
    index('revisions_cover_media_id_idx')
      .on(t.coverMediaId)
      .where(sql`${t.coverMediaId} is not null`),
    check('revisions_version_check', sql`${t.version} >= 1`),
    check('revisions_cause_check', sql`${t.cause} in ('created', 'saved', 'restored')`),
    check('revisions_reason_check', sql`length(${t.reason}) <= 200`),
    check('revisions_times_check', sql`${t.createdAt} <= ${t.savedAt}`),
  ],
)
