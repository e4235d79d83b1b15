import { sql } from 'drizzle-orm'
import { check, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, id, timestamptz } from '../../columns.ts'
import { users } from './users.ts'

/** The id is the SHA-256 of the cookie's token in hex: what is stored here cannot sign anyone in. */
export const sessions = pgTable(
  'sessions',
  {
    id: text('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    /** When the person last proved who they are: sign-in, or a step-up since. */
    authenticatedAt: timestamptz('authenticated_at').notNull().defaultNow(),
    method: text('method', { enum: ['password', 'passkey', 'identity'] })
      .notNull()
      .default('password'),
    lastSeenAt: timestamptz('last_seen_at').notNull().defaultNow(),
    expiresAt: timestamptz('expires_at').notNull(),
    absoluteExpiresAt: timestamptz('absolute_expires_at').notNull(),
    ip: text('ip').notNull().default(''),
    userAgent: text('user_agent').notNull().default(''),
  },
  (t) => [
    index('sessions_user_id_idx').on(t.userId),
    index('sessions_expires_at_idx').on(t.expiresAt),
    check('sessions_id_check', sql`${t.id} ~ '^[0-9a-f]{64}$'`),
    check('sessions_expires_at_check', sql`${t.expiresAt} <= ${t.absoluteExpiresAt}`),
  ],
)

/** One sign-in of a program: all refresh tokens that came from it live and die together. */
export const tokenFamilies = pgTable(
  'token_families',
  {
    id: id(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    ip: text('ip').notNull().default(''),
    userAgent: text('user_agent').notNull().default(''),
    createdAt: createdAt(),
    /** The end of the whole family, whatever is refreshed. */
    expiresAt: timestamptz('expires_at').notNull(),
    revokedAt: timestamptz('revoked_at'),
  },
  (t) => [
    index('token_families_user_id_idx').on(t.userId),
    index('token_families_expires_at_idx').on(t.expiresAt),
  ],
)

/** The id is the SHA-256 of the token in hex. A used one stays, so that using it again is noticed (RFC 9700, 4.14.2). */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    id: text('id').primaryKey(),
    familyId: uuid('family_id')
      .notNull()
      .references(() => tokenFamilies.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
    expiresAt: timestamptz('expires_at').notNull(),
    usedAt: timestamptz('used_at'),
  },
  (t) => [
    index('refresh_tokens_family_id_idx').on(t.familyId),
    check('refresh_tokens_id_check', sql`${t.id} ~ '^[0-9a-f]{64}$'`),
  ],
)

/** Keys that sign access tokens. The newest signs; all that have not expired verify. The private half is encrypted. */
export const signingKeys = pgTable('signing_keys', {
  id: text('id').primaryKey(),
  publicJwk: jsonb('public_jwk').$type<Record<string, unknown>>().notNull(),
  privateJwkEncrypted: text('private_jwk_encrypted').notNull(),
  createdAt: createdAt(),
  expiresAt: timestamptz('expires_at').notNull(),
})
