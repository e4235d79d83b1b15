import { desc, sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, id, updatedAt } from '../../columns.ts'
import { users } from './users.ts'

/** A file that was made of an upload; `name` is the end of its address and of its key in the storage. */
export type MediaVariant = {
  name: string
  mime: string
  bytes: number
  width: number | null
  height: number | null
}

/** Files that people have uploaded. Their content is in the storage, under the prefix. */
export const media = pgTable(
  'media',
  {
    id: id(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    kind: text('kind', { enum: ['image', 'document'] }).notNull(),
    state: text('state', { enum: ['uploading', 'quarantined', 'processing', 'ready', 'refused'] })
      .notNull()
      .default('uploading'),
    /** Why it was refused, or why it still waits: a reason of the contract. */
    reason: text('reason'),
    /** What the scanner or the picture library said, for admins. */
    detail: text('detail').notNull().default(''),
    mime: text('mime').notNull(),
    fileName: text('file_name').notNull(),
    /** Of the file as it arrived; until it has, the most that it may have. */
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    width: integer('width'),
    height: integer('height'),
    frames: integer('frames'),
    thumbhash: text('thumbhash'),
    alt: text('alt').notNull().default(''),
    decorative: boolean('decorative').notNull().default(false),
    caption: text('caption').notNull().default(''),
    /** Random: what the storage holds cannot be found by an id. */
    storagePrefix: text('storage_prefix').notNull(),
    variants: jsonb('variants').$type<MediaVariant[]>().notNull().default([]),
    /** The job at work on it. */
    jobId: uuid('job_id'),
    /** How often the work on it was begun: what brings a worker down is given up in the end. */
    attempts: integer('attempts').notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index('media_owner_created_idx').on(t.ownerId, desc(t.createdAt), desc(t.id)),
    index('media_held_idx')
      .on(desc(t.updatedAt), desc(t.id))
      .where(sql`${t.state} <> 'ready'`),
    index('media_created_idx').on(t.createdAt, t.id),
    check('media_kind_check', sql`${t.kind} in ('image', 'document')`),
    check(
      'media_state_check',
      sql`${t.state} in ('uploading', 'quarantined', 'processing', 'ready', 'refused')`,
    ),
    check('media_reason_check', sql`${t.state} <> 'refused' or ${t.reason} is not null`),
    check(
      'media_ready_check',
      sql`${t.state} <> 'ready' or (jsonb_array_length(${t.variants}) > 0 and ${t.reason} is null
        and (${t.kind} <> 'image' or (${t.width} > 0 and ${t.height} > 0)))`,
    ),
    check('media_bytes_check', sql`${t.bytes} >= 0`),
    check('media_file_name_check', sql`length(${t.fileName}) between 1 and 255`),
    check('media_alt_check', sql`length(${t.alt}) <= 1000`),
    check('media_caption_check', sql`length(${t.caption}) <= 500`),
    check('media_storage_prefix_check', sql`${t.storagePrefix} ~ '^[a-z0-9]{32}$'`),
  ],
)

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
