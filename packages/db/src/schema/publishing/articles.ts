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
import { createdAt, id, timestamptz, updatedAt } from '../../columns.ts'
import { media, users } from '../platform/users.ts'

export const articleStatuses = [
  'draft',
  'in_review',
  'scheduled',
  'published',
  'archived',
  'trashed',
] as const

export const articles = pgTable(
  'articles',
  {
    id: id(),
    authorId: uuid('author_id')
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    slug: text('slug').notNull(),
    title: text('title').notNull().default(''),
    description: text('description').notNull().default(''),
    /** Of a picture elsewhere; one of our own is `coverMediaId`. */
    coverUrl: text('cover_url'),
    coverMediaId: uuid('cover_media_id').references(() => media.id, { onDelete: 'set null' }),
    /** In per cent from the left and the upper edge. */
    coverFocus: jsonb('cover_focus').$type<{ x: number; y: number }>(),
    body: text('body').notNull().default(''),
    bodyHtml: text('body_html').notNull().default(''),
    /** Those that structure the text, with their ids in `bodyHtml`. */
    headings: jsonb('headings')
      .$type<{ id: string; text: string; level: number }[]>()
      .notNull()
      .default([]),
    /** A BCP 47 tag, where its author has chosen one; else what the text seems to be in. */
    language: text('language'),
    detectedLanguage: text('detected_language'),
    words: integer('words').notNull().default(0),
    /** The renderer that made `bodyHtml`; HTML of an older one is made again when it is read. */
    renderVersion: integer('render_version').notNull(),
    /** `trashed` is deleted, and can be restored until the sweep: no list, look-up or count of another status holds it. */
    status: text('status', { enum: articleStatuses }).notNull().default('draft'),
    /** When a scheduled article is to be published, or a published one to become a draft again. */
    scheduledAt: timestamptz('scheduled_at'),
    /** The IANA zone in which that time was chosen. */
    scheduledZone: text('scheduled_zone'),
    /** By whose right it happens. */
    scheduledBy: uuid('scheduled_by').references(() => users.id, { onDelete: 'set null' }),
    /** Why it came back to its author; gone with the next step that it takes. */
    notice: jsonb('notice').$type<{ kind: 'sent_back' | 'missed'; reason: string; at: string }>(),
    deletedAt: timestamptz('deleted_at'),
    version: integer('version').notNull().default(1),
    /** First publication: kept when the article is taken back, and from then on its slugs are its own for ever. */
    publishedAt: timestamptz('published_at'),
    // Kept by the triggers of migration 0019, by any writer; `pnpm galley counters repair` counts again.
    favouriteCount: integer('favourite_count').notNull().default(0),
    commentCount: integer('comment_count').notNull().default(0),
    /** Whether its writers take no further comments. */
    commentsClosed: boolean('comments_closed').notNull().default(false),
    /** Slugs of its tags in their order. */
    tagSlugs: text('tag_slugs').array().notNull().default([]),
    /** Where it has several authors: their ids in the order of the byline. Kept by the triggers of migration `co_authors_addresses`. */
    bylineIds: uuid('byline_ids').array().notNull().default([]),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex('articles_slug_key').on(t.slug),
    index('articles_published_idx')
      .on(desc(t.publishedAt), desc(t.id))
      .where(sql`${t.status} = 'published'`),
    index('articles_favourites_idx')
      .on(desc(t.favouriteCount), desc(t.id))
      .where(sql`${t.status} = 'published'`),
    index('articles_author_published_idx')
      .on(t.authorId, desc(t.publishedAt), desc(t.id))
      .where(sql`${t.status} = 'published'`),
    index('articles_status_updated_idx')
      .on(t.status, desc(t.updatedAt), desc(t.id))
      .where(sql`${t.status} <> 'published'`),
    index('articles_scheduled_idx')
      .on(t.scheduledAt)
      .where(sql`${t.scheduledAt} is not null`),
    index('articles_scheduled_by_idx')
      .on(t.scheduledBy)
      .where(sql`${t.scheduledBy} is not null`),
    index('articles_deleted_idx')
      .on(desc(t.deletedAt), desc(t.id))
      .where(sql`${t.deletedAt} is not null`),
    index('articles_author_updated_idx').on(t.authorId, desc(t.updatedAt), desc(t.id)),
    index('articles_author_unpublished_idx')
      .on(t.authorId, t.status, desc(t.updatedAt), desc(t.id))
      .where(sql`${t.status} <> 'published'`),
    index('articles_byline_ids_idx')
      .using('gin', t.bylineIds)
      .where(sql`${t.bylineIds} <> '{}'`),
    index('articles_cover_media_id_idx')
      .on(t.coverMediaId)
      .where(sql`${t.coverMediaId} is not null`),
    check(
      'articles_cover_focus_check',
      sql`${t.coverFocus} is null or coalesce((${t.coverFocus} ->> 'x')::int between 0 and 100 and (${t.coverFocus} ->> 'y')::int between 0 and 100, false)`,
    ),
    check(
      'articles_status_check',
      sql`${t.status} in ('draft', 'in_review', 'scheduled', 'published', 'archived', 'trashed')`,
    ),
    check('articles_deleted_check', sql`(${t.status} = 'trashed') = (${t.deletedAt} is not null)`),
    check(
      'articles_scheduled_check',
      sql`(${t.scheduledAt} is null) = (${t.scheduledZone} is null) and (${t.scheduledAt} is not null or ${t.status} <> 'scheduled')`,
    ),
    check('articles_version_check', sql`${t.version} >= 1`),
    check(
      'articles_slug_check',
      sql`length(${t.slug}) between 1 and 120 and ${t.slug} !~ '[[:space:]/?#]'`,
    ),
    check(
      'articles_published_check',
      sql`${t.status} in ('draft', 'in_review', 'trashed')
        or (${t.title} <> '' and ${t.body} <> '' and (${t.publishedAt} is not null or ${t.status} = 'scheduled'))`,
    ),
  ],
)
