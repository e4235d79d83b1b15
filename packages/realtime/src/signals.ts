import type { Database } from '@galley/db/client'
import type { Told } from './hub.ts'

/** What is told as it happens, and to nobody later: notifications of PostgreSQL of which no event is kept. */
export type Signals<Hint> = {
  listen: Database['listen']
  channel: string
  hintsOf(notification: string): Told<Hint>[]
}

/** What is told twice in a moment is told once. */
const COLLECT_MS = 400
const MOST_WAITING = 10_000

/** Collects signals, and hands on each once. Hears of nothing before `start`, which may be called again. */
export function createSignals<Hint>(
  { listen, channel, hintsOf }: Signals<Hint>,
  tell: (told: Told<Hint>[]) => Promise<void>,
) {
  const waiting = new Map<string, Told<Hint>>()
  let listening: Promise<unknown> | undefined
  let timer: NodeJS.Timeout | undefined

  function heard(notification: string) {
    for (const told of hintsOf(notification)) {
      if (waiting.size < MOST_WAITING)
        waiting.set(`${told.topic} ${JSON.stringify(told.hint)}`, told)
    }
    timer ??= setTimeout(handOn, COLLECT_MS)
  }

  function handOn() {
    timer = undefined
    const told = [...waiting.values()]
    waiting.clear()
    tell(told).catch(() => {}) // who watches looks again by itself
  }

  return {
    start() {
      listening ??= listen(channel, heard).catch(() => (listening = undefined))
    },
    stop() {
      clearTimeout(timer)
    },
  }
}
