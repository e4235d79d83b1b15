import { events, type EventName } from '@galley/contract/events'
import { outbox } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { eq } from 'drizzle-orm'
import { transact, type Ctx } from '../ctx.ts'
import type { Reactions } from './reactions.ts'

/** Enqueues one job for each reaction to an event, all or none, and never twice. */
export async function dispatch(
  reactions: Reactions,
  ctx: Ctx,
  { eventId }: { eventId: string },
): Promise<void> {
  await transact(ctx, async (tx) => {
    const [row] = await tx.select().from(outbox).where(eq(outbox.id, eventId)).for('update')
    if (!row || row.dispatchedAt) return
    const jobs = ctx.jobs.forRequest(row.requestId)
    for (const job of reactionsTo(reactions, row.event)) await jobs.enqueue(tx, job, row.payload)
    await tx.update(outbox).set({ dispatchedAt: ctx.now() }).where(eq(outbox.id, eventId))
  })
}

// Their payloads are checked by the schemas of the jobs.
function reactionsTo(reactions: Reactions, event: string): readonly JobDefinition<unknown>[] {
  return isEvent(event) ? (reactions[event] ?? []) : []
}

const isEvent = (name: string): name is EventName => Object.hasOwn(events, name)
