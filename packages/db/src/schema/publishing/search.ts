import { sql } from 'drizzle-orm'
import { customType, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { timestamptz } from '../../columns.ts'
import { users } from '../platform/users.ts'
import { articles, articleStatuses } from './articles.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/**
 * What articles are searched by, one row each, kept by triggers in the transaction of the writer; `pnpm galley search
 * rebuild` makes it again. Its rows are narrow, so that many matches are sorted without their texts.
 */
export const articleSearch = pgTable(
  'article_search',
  {
    articleId: uuid('article_id')
      .primaryKey()
      .references(() => articles.id, { onDelete: 'cascade' }),
    authorId: uuid('author_id').notNull(),
    status: text('status', { enum: articleStatuses }).notNull(),
    /** When it was published; of what is not published, when it was last changed. */
    at: timestamptz('at').notNull(),
    favouriteCount: integer('favourite_count').notNull(),
    language: text('language'),
    /** The configuration of PostgreSQL that its words are stemmed by; also the lexeme `@english` of `head`. */
    config: text('config').notNull(),
    tagSlugs: text('tag_slugs').array().notNull(),
    /** Title (A), description (B) and tags (C). */
    head: tsvector('head').notNull(),
    /** The text (D). */
    body: tsvector('body').notNull(),
    /** The text without its markup, for excerpts. */
    content: text('content').notNull(),
    indexedAt: timestamptz('indexed_at').notNull(),
  },
  (t) => [
    index('article_search_document_idx')
      .using('gin', sql`(${t.head} || ${t.body})`)
      .with({ gin_pending_list_limit: 512 }),
    index('article_search_head_idx').using('gin', t.head).with({ gin_pending_list_limit: 512 }),
    index('article_search_published_at_idx')
      .on(t.at, t.articleId)
      .where(sql`${t.status} = 'published'`),
    index('article_search_author_id_idx').on(t.authorId),
    index('article_search_config_idx').on(t.config),
  ],
)

/**
 * All of an article's words, by which it is found and ranked, and its text. Unlike those of `article_search` they stand in the row, beside all
 * else that is needed of what is found, so that it costs one page. A trigger of `article_search` keeps them.
 */
export const articleDocuments = pgTable(
  'article_documents',
  {
    articleId: uuid('article_id')
      .primaryKey()
      .references(() => articleSearch.articleId, { onDelete: 'cascade' }),
    document: tsvector('document').notNull(),
    authorId: uuid('author_id').notNull(),
    status: text('status', { enum: articleStatuses }).notNull(),
    config: text('config').notNull(),
    /** The text without its markup, for excerpts. */
    content: text('content').notNull(),
  },
  (t) => [
    index('article_documents_document_idx')
      .using('gin', t.document)
      .with({ gin_pending_list_limit: 512 })
      .where(sql`${t.status} = 'published'`),
    index('article_documents_author_id_idx')
      .on(t.authorId)
      .where(sql`${t.status} = 'published'`),
  ],
)

/** Words of published titles, of tags and of names, for what is misspelt; words that are gone stay until a rebuild. */
export const searchTerms = pgTable(
  'search_terms',
  {
    term: text('term').primaryKey(),
    /** As it was written, in lower case. */
    word: text('word').notNull(),
    trigrams: text('trigrams').array().notNull(),
  },
  (t) => [index('search_terms_trigrams_idx').using('gin', t.trigrams)],
)

/** The names of people, as they are searched. */
export const personSearch = pgTable(
  'person_search',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    names: tsvector('names').notNull(),
  },
  (t) => [index('person_search_names_idx').using('gin', t.names)],
)
