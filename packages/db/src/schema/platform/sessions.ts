import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, timestamptz } from '../../columns.ts'
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
