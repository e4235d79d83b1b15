import { events, type EventName, type EventPayload } from '@galley/contract/events'
import type { Tx } from '@galley/db/client'
import { outbox } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'
import type { Ctx } from './ctx.ts'
import { only } from './rows.ts'

export const DispatchEvent = z.strictObject({ eventId: z.uuid() })

/** Starts the reactions to one event; which these are, the registry of jobs says. */
export const dispatchEvent: JobDefinition<z.output<typeof DispatchEvent>> = {
  name: 'events.dispatch',
  payload: DispatchEvent,
}

/** Tells of what has happened, in the transaction in which it does: both hold, or neither. Reactions run later, as jobs. */
export async function emit<Name extends EventName>(
  ctx: Ctx,
  tx: Tx,
  event: Name,
  payload: EventPayload<Name>,
): Promise<void> {
  const row = only(
    await tx
      .insert(outbox)
      .values({ event, payload: events[event].parse(payload), requestId: ctx.requestId })
      .returning({ id: outbox.id }),
  )
  await ctx.jobs.enqueue(tx, dispatchEvent, { eventId: row.id })
}
