import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt, timestamptz } from '../../columns.ts'
import { users } from './users.ts'

/** What works once and for a short time: mailed links, challenges, attempts. The id is the SHA-256 of the token in hex. */
export const oneTimeTokens = pgTable(
  'one_time_tokens',
  {
    id: text('id').primaryKey(),
    purpose: text('purpose').notNull(),
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    data: jsonb('data').$type<unknown>().notNull(),
    /** How often something was tried with it, where that is limited. */
    attempts: integer('attempts').notNull().default(0),
    createdAt: createdAt(),
    expiresAt: timestamptz('expires_at').notNull(),
  },
  (t) => [
    index('one_time_tokens_user_id_idx').on(t.userId, t.purpose),
    index('one_time_tokens_expires_at_idx').on(t.expiresAt),
    check('one_time_tokens_id_check', sql`${t.id} ~ '^[0-9a-f]{64}$'`),
  ],
)
