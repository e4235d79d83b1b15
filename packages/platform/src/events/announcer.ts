import { type EventName, subjectOf } from '@galley/contract/events'
import type { Db } from '@galley/db/client'
import { sql } from 'drizzle-orm'

/** What has happened and is committed. */
export type CommittedEvent = { id: string; event: EventName; payload: unknown }

/** Hears of each event of this process, right after its commit. It must not throw. */
export type Announce = (event: CommittedEvent) => void

/**
 * The notifications that there are new events, in words with spaces between: who tells of them, their names, and for those that
 * have one `name:subject` (`subjectOf`) besides.
 */
export const EVENTS_CHANNEL = 'galley_events'

const COLLECT_MS = 20
/** A notification of PostgreSQL has less than 8,000 bytes. */
const MOST_WORDS = 120

export type Announcer = {
  announce: Announce
  /** Resolves when what was announced so far is told, or could not be. */
  flush(): Promise<void>
}

type Options = {
  /** How others know what this process tells. */
  sender: string
  onFailure?: (error: unknown) => void
}

/**
 * Notifies all processes that there are events, once for all of 20 ms: PostgreSQL lets transactions that notify commit
 * one after the other only. A notification that is lost costs a second, since those who read events also look by themselves.
 */
export function createAnnouncer(db: Db, { sender, onFailure = () => {} }: Options): Announcer {
  const words = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let told: Promise<unknown> = Promise.resolve()

  return {
    announce({ event, payload }) {
      words.add(event)
      const subject = subjectOf(event, payload)
      if (subject !== undefined) words.add(`${event}:${subject}`)
      timer ??= setTimeout(tell, COLLECT_MS)
      timer.unref()
    },
    async flush() {
      if (timer) tell()
      await told
    },
  }

  function tell() {
    clearTimeout(timer)
    timer = undefined
    const all = [...words]
    words.clear()
    // Without its subjects an event is one of all.
    const few = all.length > MOST_WORDS ? all.filter(isName) : all
    const text = [sender, ...few].join(' ')
    const telling = db.execute(sql`select pg_notify(${EVENTS_CHANNEL}, ${text})`).catch(onFailure)
    told = Promise.all([told, telling])
  }
}

/** What a notification says of an event: without `subjects` it may be of anything. */
export type HeardEvent = { name: string; subjects?: string[] }

export function readNotification(text: string): { sender: string; events: HeardEvent[] } {
  const [sender = '', ...words] = text.split(' ')
  const events = words.filter(isName).map((name) => {
    const begin = `${name}:`
    const subjects = words.flatMap((word) =>
      word.startsWith(begin) ? word.slice(begin.length) : [],
    )
    return { name, ...(subjects.length > 0 && { subjects }) }
  })
  return { sender, events }
}

const isName = (word: string) => !word.includes(':')
