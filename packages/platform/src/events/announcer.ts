import type { EventName } from '@galley/contract/events'
import type { Db } from '@galley/db/client'
import { sql } from 'drizzle-orm'

/** What has happened and is committed. */
export type CommittedEvent = { id: string; event: EventName; payload: unknown }

/** Hears of each event of this process, right after its commit. It must not throw. */
export type Announce = (event: CommittedEvent) => void

/** The notifications that there are new events; they carry who tells of them and their names, separated by spaces. */
export const EVENTS_CHANNEL = 'galley_events'

const COLLECT_MS = 20

/**
 * Notifies all processes that there are events, once for all of 20 ms: PostgreSQL lets transactions that notify commit
 * one after the other only. A notification that is lost costs a second, since those who read events also look by themselves.
 */
export function createAnnouncer(db: Db, sender: string): Announce {
  const names = new Set<EventName>()
  let timer: NodeJS.Timeout | undefined
  const notify = () => {
    timer = undefined
    const text = [sender, ...names].join(' ')
    names.clear()
    db.execute(sql`select pg_notify(${EVENTS_CHANNEL}, ${text})`).catch(() => {})
  }
  return ({ event }) => {
    names.add(event)
    timer ??= setTimeout(notify, COLLECT_MS)
    timer.unref()
  }
}
