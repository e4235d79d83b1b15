import { setImmediate as soon } from 'node:timers/promises'
import { type Cursor, decodeCursor, encodeCursor, type Snapshot } from './cursor.ts'
import type { Batch, Feed, FeedEvent } from './feed.ts'
import { createQueue } from './queue.ts'
import { createSignals, type Signals } from './signals.ts'
import { createWatchers, type Message, type Told, type Watcher } from './watchers.ts'

export type { Message, Told } from './watchers.ts'

/** Whether somebody may go on at all, and which of their topics they may not hear of any more. */
export type Verdict = { error: Error } | { error?: undefined; denied: ReadonlyMap<string, Error> }

type Watching<Who> = { who: Who; topics: ReadonlySet<string> }

type HubOptions<Who, Hint> = {
  feed: Feed
  hintsOf(event: FeedEvent): Told<Hint>[]
  signals?: Signals<Hint>
  /** Decides by what holds now, for all of them together. */
  authorise(watching: readonly Watching<Who>[]): Promise<Verdict[]>
}

type WatchOptions = {
  /** The id of the last message that the watcher has. */
  after?: string | undefined
  signal: AbortSignal
  /** Called when the watcher does not take its messages: more than 1 MB of them wait. */
  onOverflow(): void
}

export type Hub<Who, Hint> = {
  /**
   * The messages for somebody from now on, or from `after` on. Rejects where they may hear of none of the topics. Ends with an
   * `AbortError` where the watcher is to come again with the id of its last message, with another where it may not.
   */
  watch(
    who: Who,
    topics: ReadonlySet<string>,
    options: WatchOptions,
  ): Promise<AsyncIterable<Message<Hint>>>
  /** Ends all streams, spread over so long, so that their watchers come again one after the other. */
  drain(spreadMs: number): Promise<void>
  close(): Promise<void>
  readonly count: number
}

type First = { from: Snapshot; id: string; after: string | undefined; ended: string[] }

/** How often it is looked whether those who watch may still: they are gone within 5 s of what ended their access. */
const LOOK_EVERY_MS = 2_000
const MAX_WAITING_BYTES = 1024 * 1024
/** After so many events that do not concern a watcher it is given a new id all the same: what comes after an old one takes long to read. */
const EVENTS_PER_ID = 500
/** What was missed for longer is not told one by one; events are kept for longer than that. */
const LONGEST_GAP_SECONDS = 24 * 60 * 60
const MESSAGE_BYTES = 200
/** Messages are given out by so many: what one leaves behind is gone before the next are made, and the first are sent meanwhile. */
const AT_ONCE = 50

/** Tells those who watch topics of committed events, of this process and all others. */
export function createHub<Who, Hint>({
  feed,
  hintsOf,
  signals: source,
  authorise,
}: HubOptions<Who, Hint>): Hub<Who, Hint> {
  type Own = Watcher<Who, Hint>
  type Concerned = ReturnType<typeof watchers.concernedBy>
  const watchers = createWatchers<Who, Hint>()
  let beginning = 0
  let seen = 0
  let isReceiving = false
  const signals = source && createSignals(source, (told) => deliver(watchers.concernedBy(told)))
  let timer: NodeJS.Timeout | undefined
  let isClosed = false

  return {
    async watch(who, topics, { after, signal, onOverflow }) {
      if (isClosed) throw comeAgain()
      const [verdict] = await authorise([{ who, topics }])
      if (!verdict || verdict.error) throw verdict?.error ?? new Error('No verdict')
      const { denied } = verdict
      const allowed = new Set([...topics].filter((topic) => !denied.has(topic)))
      const [reason] = denied.values()
      if (allowed.size === 0 && reason) throw reason

      beginning += 1
      try {
        signals?.start()
        await feed.start(receive)
        signal.throwIfAborted()
        const from = feed.at
        if (!from || isClosed) throw comeAgain()
        const watcher: Own = {
          who,
          topics: allowed,
          queue: createQueue({
            maxBytes: MAX_WAITING_BYTES,
            onOverflow() {
              leave(watcher)
              onOverflow()
            },
          }),
          id: idOf(from),
          seen,
        }
        enter(watcher)
        signal.addEventListener('abort', () => end(watcher), { once: true })
        return messagesTo(watcher, { from, id: watcher.id, after, ended: [...denied.keys()] })
      } finally {
        beginning -= 1
        stopIfIdle()
      }
    },
    async drain(spreadMs) {
      const all = watchers.all()
      const pause = spreadMs / all.length
      for (const [index, watcher] of all.entries()) {
        setTimeout(end, index * pause, watcher, comeAgain())
      }
      await new Promise((resolve) => setTimeout(resolve, all.length > 0 ? spreadMs : 0))
    },
    async close() {
      isClosed = true
      signals?.stop()
      for (const watcher of watchers.all()) end(watcher, comeAgain())
      await feed.close()
    },
    get count() {
      return watchers.count
    },
  }

  async function* messagesTo(
    watcher: Own,
    { from, id, after, ended }: First,
  ): AsyncGenerator<Message<Hint>, void> {
    try {
      const missed = after === undefined ? [] : await missedSince(after, from)
      const told = missed?.filter(({ topic }) => watcher.topics.has(topic)) ?? []
      const hints = told.map(({ hint }) => hint)
      yield { id, hints, reload: missed === null, ended }
      yield* watcher.queue
    } finally {
      leave(watcher)
    }
  }

  /** What happened between a message of an earlier stream and the place at which this one begins; null where that is too much. */
  async function missedSince(after: string, from: Snapshot): Promise<Told<Hint>[] | null> {
    const cursor = decodeCursor(after)
    if (!cursor || secondsNow() - cursor.madeAt > LONGEST_GAP_SECONDS) return null
    const events = await feed.between(cursor.at, from)
    return events && events.flatMap(hintsOf)
  }

  /** Whom a batch concerns is settled before anything is waited for: who comes meanwhile begins after it. */
  async function receive({ events, at }: Batch): Promise<void> {
    const id = idOf(at)
    if (!events) {
      for (const watcher of watchers.all()) {
        tell(watcher, { id, hints: [], reload: true, ended: [] }, 0)
      }
      return
    }
    seen += events.length
    isReceiving = true
    try {
      await deliver(watchers.concernedBy(events.flatMap(hintsOf)), id)
    } finally {
      isReceiving = false
    }
  }

  /** Without an id, what is told is no event: a watcher that comes again begins where it would have begun without. */
  async function deliver(concerned: Concerned, id?: string) {
    if (concerned.size === 0) return
    const entries = [...concerned]
    const verdicts = await judge(
      entries.map(([watcher, told]) => ({
        watcher,
        topics: new Set(told.map(({ topic }) => topic)),
      })),
    )
    for (const [index, [watcher, told]] of entries.entries()) {
      if (index % AT_ONCE === AT_ONCE - 1) await soon()
      const denied = verdicts[index]
      if (!denied) continue
      const ended = [...denied.keys()]
      for (const topic of ended) watchers.stopHearing(watcher, topic)
      const heard = told.filter(({ topic }) => !denied.has(topic))
      const hints = heard.map(({ hint }) => hint)
      const bytes = heard.reduce((sum, { bytes }) => sum + bytes, 0)
      tell(watcher, { id: id ?? watcher.id, hints, reload: false, ended }, bytes)
    }
  }

  /** Which topics each may not hear of; nothing for those who are gone by now. */
  async function judge(asked: { watcher: Own; topics: ReadonlySet<string> }[]) {
    try {
      const verdicts = await authorise(
        asked.map(({ watcher: { who }, topics }) => ({ who, topics })),
      )
      return asked.map(({ watcher }, index) => {
        const verdict = verdicts[index]
        if (verdict && !verdict.error) return verdict.denied
        end(watcher, verdict?.error)
        return undefined
      })
    } catch {
      // They hear of it when they come again: their last id is that of the message before.
      for (const { watcher } of asked) end(watcher, comeAgain())
      return []
    }
  }

  async function look() {
    const all = watchers.all().map((watcher) => ({ watcher, topics: new Set<string>() }))
    const verdicts = await authorise(all.map(({ watcher: { who }, topics }) => ({ who, topics })))
    for (const [index, { watcher }] of all.entries()) {
      const error = verdicts[index]?.error
      if (error) end(watcher, error)
    }
    const { at } = feed
    if (!at || isReceiving) return // an id of what is still being told would skip it
    for (const watcher of watchers.all()) {
      const isOld = seen - watcher.seen >= EVENTS_PER_ID
      if (isOld) tell(watcher, { id: idOf(at), hints: [], reload: false, ended: [] }, 0)
    }
  }

  function tell(watcher: Own, message: Message<Hint>, bytes: number) {
    watcher.id = message.id
    watcher.seen = seen
    watcher.queue.push(message, MESSAGE_BYTES + bytes)
  }

  function enter(watcher: Own) {
    watchers.add(watcher)
    timer ??= setInterval(() => void look().catch(() => {}), LOOK_EVERY_MS).unref()
  }

  function end(watcher: Own, error?: Error) {
    watcher.queue.end(error)
    leave(watcher)
  }

  function leave(watcher: Own) {
    if (watchers.delete(watcher)) stopIfIdle()
  }

  function stopIfIdle() {
    if (watchers.count > 0 || beginning > 0) return
    clearInterval(timer)
    timer = undefined
    feed.stop()
  }
}

const secondsNow = () => Math.floor(Date.now() / 1000)

const idOf = (at: Snapshot) => encodeCursor({ at, madeAt: secondsNow() } satisfies Cursor)

/** tRPC ends a stream of server-sent events without a word on such an error, so that its client comes again. */
const comeAgain = () => new DOMException('The stream ends here; come again', 'AbortError')
