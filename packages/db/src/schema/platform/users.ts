import { desc, sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  check,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, id, timestamptz, updatedAt } from '../../columns.ts'
import { media } from './media.ts'

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
    index('users_avatar_media_id_idx')
      .on(t.avatarMediaId)
      .where(sql`${t.avatarMediaId} is not null`),
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
    check(
      'invitations_email_check',
      sql`${t.email} = lower(${t.email}) and length(${t.email}) between 3 and 254`,
    ),
    check('invitations_role_check', sql`${t.role} in ('reader', 'author', 'editor', 'admin')`),
  ],
)
