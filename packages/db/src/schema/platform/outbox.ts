import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, id, timestamptz } from '../../columns.ts'

/** Domain events, written in the transaction that they tell of; kept for a while after their reactions were started. */
export const outbox = pgTable(
  'outbox',
  {
    id: id(),
    event: text('event').notNull(),
    payload: jsonb('payload').$type<unknown>().notNull(),
    requestId: text('request_id').notNull(),
    createdAt: createdAt(),
    dispatchedAt: timestamptz('dispatched_at'),
  },
  (t) => [index('outbox_created_at_idx').on(t.createdAt)],
)
