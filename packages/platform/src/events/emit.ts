import { randomUUIDv7 } from 'node:crypto'
import { events, type EventName, type EventPayload } from '@galley/contract/events'
import type { Tx } from '@galley/db/client'
import { outbox } from '@galley/db/schema'
import { prepared } from '@galley/db/prepared'
import type { JobDefinition } from '@galley/jobs/jobs'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

export const DispatchEvent = z.strictObject({ eventId: z.uuid() })

/** Enqueues the reactions to one event; the registry of jobs says which they are. */
export const dispatchEvent: JobDefinition<z.output<typeof DispatchEvent>> = {
  name: 'events.dispatch',
  payload: DispatchEvent,
}

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
 * reactions to it later.
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
  await ctx.jobs.enqueue(tx, dispatchEvent, { eventId: id })
}
