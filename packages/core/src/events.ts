import { randomUUIDv7 } from 'node:crypto'
import { events, type EventName, type EventPayload } from '@galley/contract/events'
import type { Tx } from '@galley/db/client'
import { outbox } from '@galley/db/schema'
import { prepared } from '@galley/db/prepared'
import type { JobDefinition } from '@galley/jobs/jobs'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from './ctx.ts'
import { reactions } from './reactions.ts'

export const DispatchEvent = z.strictObject({ eventId: z.uuid() })

/** Starts the reactions to one event; which these are, the registry of jobs says. */
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
      dispatchedAt: sql`${sql.placeholder('dispatchedAt')}::timestamptz`,
    })
    .prepare('add_event'),
)

/**
 * Tells of what has happened, in the transaction in which it does: both hold, or neither. Reactions run later, as jobs;
 * an event that has none is kept, and counts as dispatched.
 */
export async function emit<Name extends EventName>(
  ctx: Ctx,
  tx: Tx,
  event: Name,
  payload: EventPayload<Name>,
): Promise<void> {
  const id = randomUUIDv7()
  const hasReactions = reactions[event] !== undefined
  await addEvent(tx).execute({
    id,
    event,
    payload: events[event].parse(payload),
    requestId: ctx.requestId,
    dispatchedAt: hasReactions ? null : ctx.now().toISOString(),
  })
  if (hasReactions) await ctx.jobs.enqueue(tx, dispatchEvent, { eventId: id })
}
