import { randomUUIDv7 } from 'node:crypto'
import { events, type EventName, type EventPayload } from '@galley/contract/events'
import type { Tx } from '@galley/db/client'
import { outbox } from '@galley/db/schema'
import { prepared } from '@galley/db/prepared'
import { afterCommit } from '@galley/db/transaction'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'

const addEvent = prepared((db) =>
  db
    .insert(outbox)
    .values({
      id: sql.placeholder('id'),
      event: sql.placeholder('event'),
      payload: sql.placeholder('payload'),
      requestId: sql.placeholder('requestId'),
    })
    .prepare('add_event'),
)

/**
 * Records what has happened, in the transaction in which it does: both hold, or neither. A worker enqueues the
 * reactions to it later (`dispatch.ts`).
 */
export async function emit<Name extends EventName>(
  ctx: Ctx,
  tx: Tx,
  event: Name,
  payload: EventPayload<Name>,
): Promise<void> {
  const id = randomUUIDv7()
  await addEvent(tx).execute({
    id,
    event,
    payload: events[event].parse(payload),
    requestId: ctx.requestId,
  })
  afterCommit(tx, () => ctx.announce({ id, event, payload }))
}
