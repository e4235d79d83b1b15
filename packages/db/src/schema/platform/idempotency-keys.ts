import { index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { createdAt } from '../../columns.ts'

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
    answer: text('answer').notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.callerId, t.keyHash] }),
    index('idempotency_keys_created_at_idx').on(t.createdAt),
  ],
)
