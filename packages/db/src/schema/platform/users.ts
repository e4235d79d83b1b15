import { desc, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
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

export const users = pgTable(
  'users',
  {
    id: id(),
    email: text('email').notNull(),
    username: text('username').notNull(),
    displayName: text('display_name').notNull(),
    bio: text('bio').notNull().default(''),
    avatarMediaId: uuid('avatar_media_id').references((): AnyPgColumn => media.id, {
      onDelete: 'set null',
    }),
    role: text('role', { enum: ['reader', 'author', 'editor', 'admin'] })
      .notNull()
      .default('reader'),
    status: text('status', { enum: ['active', 'suspended'] })
      .notNull()
      .default('active'),
    /** Null until the person has followed the link that was mailed: nobody signs in before. */
    emailVerifiedAt: timestamptz('email_verified_at'),
    /** Moves with password, e-mail, role, status and second factor: access tokens of an older one are dead. */
    tokenVersion: integer('token_version').notNull().default(1),
    /** By when a second factor must be on because the role needs one; null where it is, or none is needed. */
    secondFactorDueAt: timestamptz('second_factor_due_at'),
    /** When an admin took a lost second factor away, until another one is on. */
    secondFactorResetAt: timestamptz('second_factor_reset_at'),
    /** Of the sign-up that made the account: another one of the same address, before it is proved, takes its place. */
    signUpId: uuid('sign_up_id'),
    /** When a reset replaced the password, until the person has looked through what else signs in: from before it. */
    reviewSince: timestamptz('review_since'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex('users_email_key').on(t.email),
    uniqueIndex('users_username_key').on(t.username),
    index('users_created_at_idx').on(desc(t.createdAt), desc(t.id)),
    index('users_unverified_idx')
      .on(t.createdAt)
      .where(sql`${t.emailVerifiedAt} is null`),
    index('users_avatar_media_id_idx')
      .on(t.avatarMediaId)
      .where(sql`${t.avatarMediaId} is not null`),
    // Both for the job that asks for second factors: who of a role is not asked yet, and who is and may need none any more.
    index('users_role_idx')
      .on(t.role)
      .where(sql`${t.secondFactorDueAt} is null`),
    index('users_second_factor_due_at_idx')
      .on(t.secondFactorDueAt)
      .where(sql`${t.secondFactorDueAt} is not null`),
    index('users_display_name_idx').on(sql`lower(${t.displayName})`, t.id),
    index('users_display_name_pattern_idx').on(sql`lower(${t.displayName}) text_pattern_ops`),
    // For "begins with", which the indexes above serve in the C collation only.
    index('users_email_pattern_idx').on(t.email.op('text_pattern_ops')),
    index('users_username_pattern_idx').on(t.username.op('text_pattern_ops')),
    check(
      'users_email_check',
      sql`${t.email} = lower(${t.email}) and length(${t.email}) between 3 and 254`,
    ),
    check('users_username_check', sql`${t.username} ~ '^[a-z0-9]([a-z0-9-]{1,28})[a-z0-9]$'`),
    check('users_display_name_check', sql`length(${t.displayName}) between 1 and 80`),
    check('users_role_check', sql`${t.role} in ('reader', 'author', 'editor', 'admin')`),
    check('users_status_check', sql`${t.status} in ('active', 'suspended')`),
  ],
)

/**
 * Names that people had: they lead to who had them, and for a year nobody else gets them. Kept by the triggers of
 * migration `co_authors_addresses`, the last ten of each person.
 */
export const formerUsernames = pgTable(
  'former_usernames',
  {
    username: text('username').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [index('former_usernames_user_id_idx').on(t.userId, desc(t.createdAt))],
)

/** A file that was made of an upload; `name` is the end of its address and of its key in the storage. */
export type MediaVariant = {
  name: string
  mime: string
  bytes: number
  width: number | null
  height: number | null
}

/** Files that people have uploaded. Their content is in the storage, under the prefix. Here, since people have pictures. */
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

/** Who may make an account with which role; gone when the account is made. The link in the mail is a one-time token. */
export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    email: text('email').notNull(),
    role: text('role', { enum: ['reader', 'author', 'editor', 'admin'] }).notNull(),
    invitedBy: uuid('invited_by')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: timestamptz('expires_at').notNull(),
  },
  (t) => [
    uniqueIndex('invitations_email_key').on(t.email),
    index('invitations_created_at_idx').on(desc(t.createdAt), desc(t.id)),
    index('invitations_invited_by_idx').on(t.invitedBy),
    index('invitations_expires_at_idx').on(t.expiresAt),
    check(
      'invitations_email_check',
      sql`${t.email} = lower(${t.email}) and length(${t.email}) between 3 and 254`,
    ),
    check('invitations_role_check', sql`${t.role} in ('reader', 'author', 'editor', 'admin')`),
  ],
)
