import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, timestamptz } from '../../columns.ts'
import { media, users } from './users.ts'

/** Where files are used; written in the transaction of what uses them. */
export const mediaUses = pgTable(
  'media_uses',
  {
    mediaId: uuid('media_id')
      .notNull()
      .references(() => media.id, { onDelete: 'cascade' }),
    subjectKind: text('subject_kind').notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** What the subject is called where the uses of a file are listed. */
    title: text('title').notNull(),
    isPublic: boolean('is_public').notNull(),
    /** Who may see it there beside its owner, where not everybody may. */
    readerIds: uuid('reader_ids').array().notNull().default([]),
    /** Until when those may see it who were given a link to what uses it. */
    shownUntil: timestamptz('shown_until'),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.mediaId, t.subjectKind, t.subjectId] }),
    index('media_uses_subject_idx').on(t.subjectKind, t.subjectId),
    check('media_uses_subject_kind_check', sql`${t.subjectKind} ~ '^[a-z-]{1,40}$'`),
  ],
)

/** How much each person has uploaded: taken before bytes arrive, so that uploads at once do not pass the quota together. */
export const mediaUsage = pgTable(
  'media_usage',
  {
    ownerId: uuid('owner_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
  },
  (t) => [check('media_usage_bytes_check', sql`${t.bytes} >= 0`)],
)
