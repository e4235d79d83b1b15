import { randomUUIDv7 } from 'node:crypto'
import { events, type EventName, type EventPayload } from '@galley/contract/events'
import type { Queryable, Tx } from '@galley/db/client'
import { outbox } from '@galley/db/schema'
import { prepared } from '@galley/db/prepared'
import { afterCommit, singleStatement } from '@galley/db/transaction'
import { currentTraceparent } from '@galley/tracing/span'
import { sql, type SQLWrapper } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'

const placeholders = {
  id: sql.placeholder('eventId'),
  event: sql.placeholder('event'),
  payload: sql.placeholder('payload'),
  requestId: sql.placeholder('requestId'),
  traceparent: sql.placeholder('traceparent'),
}

const addEvent = prepared((db) => db.insert(outbox).values(placeholders).prepare('add_event'))

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
  const row = eventRow(ctx, event, payload)
  await addEvent(tx).execute(row)
  afterCommit(tx, () => ctx.announce({ id: row.eventId, event, payload }))
}

/** The same of several at once, in one statement however many they are. */
export async function emitAll<Name extends EventName>(
  ctx: Ctx,
  tx: Tx,
  event: Name,
  payloads: readonly EventPayload<Name>[],
): Promise<void> {
  if (payloads.length === 0) return
  const rows = payloads.map((payload) => eventRow(ctx, event, payload))
  await tx.insert(outbox).values(rows.map(({ eventId, ...row }) => ({ id: eventId, ...row })))
  afterCommit(tx, () => {
    for (const { eventId: id, payload } of rows) ctx.announce({ id, event, payload })
  })
}

/**
 * For what happens in one statement: `write` runs one that inserts the event too (`withEvent`), by the values of `row`, and
 * resolves to null where nothing happened.
 */
export async function emitWith<Name extends EventName, Result>(
  ctx: Ctx,
  event: Name,
  payload: EventPayload<Name>,
  write: (db: Queryable, row: EventRow) => Promise<Result | null>,
): Promise<Result | null> {
  const row = eventRow(ctx, event, payload)
  const result = await singleStatement(ctx.db, (db) => write(db, row))
  if (result !== null) afterCommit(ctx.db, () => ctx.announce({ id: row.eventId, event, payload }))
  return result
}

/**
 * The same where the statement finds out what the payload says: it makes it of its rows, by the second parameter of
 * `withEvent`, and `payloadOf` reads it off the result; null where nothing happened.
 */
export async function emitFound<Name extends EventName, Result>(
  ctx: Ctx,
  event: Name,
  write: (db: Queryable, row: Omit<EventRow, 'payload'>) => Promise<Result>,
  payloadOf: (result: Result) => EventPayload<Name> | null,
): Promise<Result> {
  const row = { eventId: randomUUIDv7(), event, ...causeOf(ctx) }
  const result = await singleStatement(ctx.db, (db) => write(db, row))
  const payload = payloadOf(result)
  if (payload) afterCommit(ctx.db, () => ctx.announce({ id: row.eventId, event, payload }))
  return result
}

/** The part of a statement that inserts an event for each row of `cause`, another part that writes what it tells of. */
export const withEvent = (
  db: Queryable,
  cause: SQLWrapper,
  payload: SQLWrapper = sql`${sql.param(placeholders.payload, outbox.payload)}::jsonb`,
) =>
  db.$with('event', {}).as(sql`insert into ${outbox} (id, event, payload, request_id, traceparent)
    select ${placeholders.id}::uuid, ${placeholders.event}, ${payload}, ${placeholders.requestId}, ${placeholders.traceparent}
    from ${cause}`)

export type EventRow = ReturnType<typeof eventRow>

const eventRow = <Name extends EventName>(ctx: Ctx, event: Name, payload: EventPayload<Name>) => ({
  eventId: randomUUIDv7(),
  event,
  payload: events[event].parse(payload),
  ...causeOf(ctx),
})

const causeOf = ({ requestId, traceparent }: Ctx) => ({
  requestId,
  traceparent: currentTraceparent() ?? traceparent ?? null,
})
