import { events, type EventName } from '@galley/contract/events'
import type { Tx } from '@galley/db/client'
import { isConnectionError } from '@galley/db/errors'
import { outbox } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { inSpan, type SpanOptions } from '@galley/tracing/span'
import { eq, inArray, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { transact, type Ctx } from '../ctx.ts'
import type { Reactions } from './reactions.ts'

type Event = typeof outbox.$inferSelect

const BATCH = 100

/**
 * Enqueues one job for each reaction to the events that wait, up to a hundred of them, all or none, and never twice.
 * Resolves whether there may be more. Any number of processes may do so at once.
 */
export function dispatchEvents(reactions: Reactions, ctx: Ctx): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const waiting = await tx
      .select()
      .from(outbox)
      .where(isNull(outbox.dispatchedAt))
      .orderBy(outbox.id)
      .limit(BATCH)
      .for('update', { skipLocked: true })
    for (const event of waiting) await react(reactions, ctx, tx, event)
    if (waiting.length > 0) {
      const ids = waiting.map(({ id }) => id)
      await tx.update(outbox).set({ dispatchedAt: ctx.now() }).where(inArray(outbox.id, ids))
    }
    return waiting.length === BATCH
  })
}

/** An event that cannot be dispatched must not hold up those behind it: it becomes a job, which operators see fail. */
async function react(reactions: Reactions, ctx: Ctx, tx: Tx, event: Event) {
  if (reactionsTo(reactions, event.event).length === 0) return
  try {
    await tx.transaction((savepoint) => enqueueReactions(reactions, ctx, savepoint, event))
  } catch (error) {
    if (isConnectionError(error)) throw error
    ctx.log.error({ err: error, eventId: event.id, event: event.event }, 'event not dispatched')
    await ctx.jobs.forRequest(event).enqueue(tx, retryDispatch, { eventId: event.id })
  }
}

export const RetryDispatch = z.strictObject({ eventId: z.uuid() })

export const retryDispatch: JobDefinition<z.output<typeof RetryDispatch>> = {
  name: 'events.retry-dispatch',
  payload: RetryDispatch,
}

/** Enqueues the reactions to an event that could not be dispatched with the others. */
export async function dispatchAgain(
  reactions: Reactions,
  ctx: Ctx,
  { eventId }: { eventId: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const [event] = await tx.select().from(outbox).where(eq(outbox.id, eventId))
    if (event) await enqueueReactions(reactions, ctx, tx, event)
  })
}

async function enqueueReactions(reactions: Reactions, ctx: Ctx, tx: Tx, row: Event) {
  const jobs = ctx.jobs.forRequest(row)
  await inSpan(`send ${row.event}`, spanOf(row), async () => {
    for (const job of reactionsTo(reactions, row.event)) await jobs.enqueue(tx, job, row.payload)
  })
}

const spanOf = ({ id, event, traceparent }: Event): SpanOptions => ({
  kind: 'producer',
  cause: traceparent ?? '',
  attributes: {
    'messaging.system': 'galley_outbox',
    'messaging.operation.name': 'send',
    'messaging.operation.type': 'send',
    'messaging.destination.name': event,
    'messaging.message.id': id,
  },
})

// Their payloads are checked by the schemas of the jobs.
function reactionsTo(reactions: Reactions, event: string): readonly JobDefinition<unknown>[] {
  return isEvent(event) ? (reactions[event] ?? []) : []
}

const isEvent = (name: string): name is EventName => Object.hasOwn(events, name)
