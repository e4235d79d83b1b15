import type { Database, Db } from '@galley/db/client'
import { outbox } from '@galley/db/schema'
import { type SQL, sql } from 'drizzle-orm'
import { formatSnapshot, parseSnapshot, type Snapshot } from './cursor.ts'

/** An event of the outbox, as it was written. */
export type FeedEvent = { event: string; payload: Record<string, unknown> }

/** What was committed between two places, in the order of transactions; null where it is too much to read. */
export type Batch = { events: FeedEvent[] | null; at: Snapshot }

export type Feed = {
  /**
   * Begins to read from now on where nobody reads yet, and calls `receive` with each batch; the next one is read when that has
   * resolved. Resolves when all that is committed now has been handed on.
   */
  start(receive: (batch: Batch) => Promise<void>): Promise<void>
  stop(): void
  /** The place up to which batches were handed on; undefined while nothing is read. */
  readonly at: Snapshot | undefined
  /** What was committed after one place and up to another; null where that is too much, or `after` is no place of this database. */
  between(after: Snapshot, upTo: Snapshot): Promise<FeedEvent[] | null>
  close(): Promise<void>
}

type Options = {
  db: Db
  listen: Database['listen']
  /** Of the notifications that there are new events. */
  channel: string
  /** Called when reading begins to fail, with the reason, and when it goes on, without. */
  onChange?: (failure?: unknown) => void
}

/** Also how often a connection is tried that could not be listened on. */
const POLL_MS = 1_000
/** More events at once are not told one by one. */
const MOST_LIVE = 5_000
const MOST_MISSED = 2_000

/**
 * The events of all processes in the order of their commits, read from the outbox. Ids are made before the commit, so an event
 * with a lower one may appear later: what is new is what the snapshot of the read before could not see (decision 040).
 */
export function createFeed({ db, listen, channel, onChange = () => {} }: Options): Feed {
  let receive: ((batch: Batch) => Promise<void>) | undefined
  let at: Snapshot | undefined
  let running: Promise<void> | undefined
  let queued: Promise<void> | undefined
  let poll: NodeJS.Timeout | undefined
  let listening: Promise<unknown> | undefined
  let isFailing = false

  return {
    get at() {
      return at
    },
    async start(receiver) {
      receive = receiver
      listening ??= listenSoon()
      poll ??= setInterval(look, POLL_MS).unref()
      await catchUp()
    },
    stop,
    async between(after, upTo) {
      if (after.xmax > upTo.xmax) return null
      const isBefore = sql`and pg_visible_in_snapshot(xid, ${formatSnapshot(upTo)}::pg_snapshot)`
      return (await read(db, after, MOST_MISSED, isBefore)).events
    },
    async close() {
      stop()
      await Promise.allSettled([running, queued])
    },
  }

  function stop() {
    clearInterval(poll)
    poll = undefined
    receive = undefined
    at = undefined
  }

  function look() {
    listening ??= listenSoon()
    catchUp().catch(() => {}) // the next look tries again from the same place
  }

  async function listenSoon() {
    const wake = () => {
      if (receive) look()
    }
    try {
      await listen(channel, wake, wake)
    } catch {
      listening = undefined
    }
  }

  function catchUp(): Promise<void> {
    if (!running) {
      running = advance().finally(() => (running = undefined))
      return running
    }
    queued ??= running
      .catch(() => {})
      .then(() => {
        queued = undefined
        return catchUp()
      })
    return queued
  }

  async function advance() {
    const receiver = receive
    if (!receiver) return
    try {
      const batch = at ? await read(db, at, MOST_LIVE) : await nothingYet(db)
      if (receive !== receiver) return
      // First: who begins to listen while the batch is handed on begins after it.
      at = batch.at
      await receiver(batch)
      if (isFailing) onChange()
      isFailing = false
    } catch (error) {
      if (!isFailing) onChange(error)
      isFailing = true
      throw error
    }
  }
}

async function nothingYet(db: Db): Promise<Batch> {
  const [row] = await db.execute<{ now: string }>(sql`select pg_current_snapshot()::text as now`)
  return { events: [], at: parseSnapshot(row?.now ?? '') }
}

/** One statement, so that the place it returns is exactly that of what it has read. */
async function read(db: Db, after: Snapshot, most: number, further?: SQL): Promise<Batch> {
  const before = sql`${formatSnapshot(after)}::pg_snapshot`
  const [row] = await db.execute<{ now: string; events: FeedEvent[] }>(sql`
    select pg_current_snapshot()::text as now, coalesce(json_agg(news), '[]'::json) as events
    from (
      select event, payload from ${outbox}
      where xid >= pg_snapshot_xmin(${before}) and not pg_visible_in_snapshot(xid, ${before}) ${further}
      order by xid, id limit ${most + 1}
    ) as news`)
  const { now = '', events = [] } = row ?? {}
  return { events: events.length > most ? null : events, at: parseSnapshot(now) }
}
