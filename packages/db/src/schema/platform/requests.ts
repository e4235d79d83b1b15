import {
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import { createdAt, timestamptz } from '../../columns.ts'

/**
 * Units taken from allowances by key: in the current window and in the one before, and by the last demand. Unlogged: a crash may
 * empty it.
 */
export const rateCounters = pgTable(
  'rate_counters',
  {
    key: text('key').primaryKey(),
    windowStart: timestamptz('window_start').notNull(),
    current: integer('current').notNull(),
    previous: integer('previous').notNull(),
    granted: integer('granted').notNull().default(0),
    expiresAt: timestamptz('expires_at').notNull(),
  },
  (t) => [index('rate_counters_expires_at_idx').on(t.expiresAt)],
)

/**
 * Attempts by key (an account, an address), and until when further ones are refused. `window_start` is when the last
 * one was made and `refused` whether it was, `recent` when each of the last window was, for keys where a window slides.
 */
export const throttles = pgTable(
  'throttles',
  {
    key: text('key').primaryKey(),
    attempts: integer('attempts').notNull(),
    windowStart: timestamptz('window_start').notNull(),
    blockedUntil: timestamptz('blocked_until'),
    refused: boolean('refused').notNull().default(false),
    recent: timestamp('recent', { withTimezone: true, precision: 3 }).array().notNull().default([]),
    expiresAt: timestamptz('expires_at').notNull(),
  },
  (t) => [index('throttles_expires_at_idx').on(t.expiresAt)],
)

/**
 * What a write has returned, by the key that its caller gave it; written in the transaction of the write. No foreign
 * key: it would lock the caller's row against those who manage people, for as long as the write runs.
 */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    callerId: uuid('caller_id').notNull(),
    keyHash: text('key_hash').notNull(),
    /** SHA-256 of what was called, and with which input. */
    fingerprint: text('fingerprint').notNull(),
    /** JSON as text: `jsonb` would not keep the order of its fields. */
    result: text('answer').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.callerId, t.keyHash] }),
    index('idempotency_keys_created_at_idx').on(t.createdAt),
  ],
)
