import {
  createCache,
  type Cache,
  type CacheRead,
  type Lifetime,
  type Load,
} from '@galley/cache/cache'
import { createMemoryStore } from '@galley/cache/memory-store'
import { createRedisStore } from '@galley/cache/redis-store'
import type { PublicReads } from '@galley/api/ctx'
import { publicEvents, publicPageEvents, subjectOf } from '@galley/contract/events'
import { contractHeader } from '@galley/contract/skew'
import type { Database } from '@galley/db/client'
import {
  type CommittedEvent,
  EVENTS_CHANNEL,
  type HeardEvent,
  readNotification,
} from '@galley/platform/events/announcer'
import { createRedisLink } from '@galley/redis/link'
import type { RedisMeter } from '@galley/redis/metered'
import { etagOf } from './routes/rest/etag.ts'

/**
 * One of these: an invalidation that is lost on its way to another process shows for the sum of both, and so do counts,
 * which change without one.
 */
export const PUBLIC_LIFETIME = {
  ttl: 5,
  staleWhileRevalidate: 10,
  // One tag for all: what is published changes rarely, and lists hold what articles do.
  tags: ['public'],
} satisfies Lifetime

// A page has a tag besides for each thing that it alone may change with.
const PAGE_LIFETIME = { ...PUBLIC_LIFETIME, tags: ['page'] } satisfies Lifetime

// Another version of Galley may respond in another way.
const PREFIX = `galley:public:${contractHeader()}:`

/** An answer as it is kept: the JSON of an output, and what its head says of it. */
export type PublicAnswer = {
  etag: string
  nextCursor?: string | null
  body: Buffer
  /** When it was made, in milliseconds since 1970. */
  madeAt: number
  ageSeconds: number
  /** The same at another time; undefined once another answer is current. A read of its own. */
  ageNow(): number | undefined
}

/** What is known of an answer that was just made, or was kept and may be stale. */
export type Made = Pick<PublicAnswer, 'etag' | 'madeAt'>

/** Pages, in memory alone: another process may have been built or set up in another way. */
export type PublicPageCache = {
  /**
   * The bytes under the key, or what `load` returns: one for all who ask. Nothing is kept where it throws. It names the ids of what
   * it shows, before it reads that.
   */
  getOrSet(key: string, load: LoadPage): Promise<Buffer>
  /** The current bytes, where there are any. */
  peek(key: string): Buffer | undefined
}

type LoadPage = (onDependency: (id: string) => void) => Promise<Buffer>

export type PublicReadCache = {
  /** What the calls of one request read; `onAnswer` hears of each that is kept, however old it is. */
  readsFor(onAnswer: (answer: Made) => void): PublicReads
  /** The current answer, where this process has it in memory and hears of changes. */
  peek(path: string, input: unknown): PublicAnswer | undefined
  pages: PublicPageCache
  /** Call for each event of this process. */
  announced(event: CommittedEvent): void
  /** Drops all that is kept: the site itself has changed. */
  dropAll(): void
  /** Begins to hear of the events of other processes; nothing is kept before. Resolves to what ends it. */
  listen(database: Pick<Database, 'listen'>): Promise<() => Promise<void>>
  counts: Cache['counts']
  /** Calls `listener` at each read from now on, with the age of what was read. */
  onRead(listener: OnRead): void
  /** How much may be kept beside it of what is made of its answers, in bytes; `size` says how much is. */
  reserve(size: () => number): number
  close(): void
}

type OnRead = (read: CacheRead, ageMs: number) => void

export type PublicReadOptions = {
  maxBytes: number
  redisUrl?: string | undefined
  /** Hears of what is sent there. */
  redisMeter?: RedisMeter | undefined
  processName: string
  /** Called before a load that is the first since something was invalidated in Redis, perhaps by another process. */
  onNewVersions?: () => void
  /** Called when what was to replace a stale answer or page cannot be made. */
  onFailure?: (error: unknown) => void
  /** Whether nothing is to be kept, nor served of what is. */
  isPaused?: () => boolean
}

/** What people who are signed out read, in memory, and in Redis where there is one. */
export function createPublicReads(options: PublicReadOptions): PublicReadCache {
  const {
    maxBytes,
    redisUrl,
    redisMeter,
    processName,
    onNewVersions,
    onFailure,
    isPaused = () => false,
  } = options
  const readyBytes = Math.floor(maxBytes / 3)
  const link =
    redisUrl === undefined
      ? undefined
      : createRedisLink(redisUrl, { commandMs: 50, prefix: PREFIX, meter: redisMeter })
  const memory = createMemoryStore({ maxBytes: maxBytes - readyBytes })
  const listeners: OnRead[] = []
  const told = {
    onRead: (read: CacheRead, ageMs: number) => listeners.forEach((hear) => hear(read, ageMs)),
    ...(onFailure && { onFailure }),
  }
  let sizeOfReady = () => 0
  const cache = createCache({
    memory,
    ...told,
    ...(link && { redis: createRedisStore(link, { onNewVersions }) }),
  })
  const pageCache = createCache({ memory, ...told })
  let isListening = false
  const isKeeping = () => isListening && !isPaused()

  return {
    readsFor: (onAnswer) => ({
      async getOrSet(path, input, load) {
        const key = keyOf(path, input)
        if (!isKeeping() || key === undefined) return load()
        const bytes = await cache.getOrSet(key, PUBLIC_LIFETIME, async () => toBytes(await load()))
        const { body, ...made } = toAnswer(bytes)
        onAnswer(made)
        return JSON.parse(body.toString())
      },
    }),
    peek(path, input) {
      const key = isKeeping() ? keyOf(path, input) : undefined
      const first = key === undefined ? undefined : cache.peek(key, PUBLIC_LIFETIME)
      if (key === undefined || !first) return undefined
      return {
        ...toAnswer(first.value),
        ageSeconds: Math.floor(first.ageMs / 1000),
        ageNow() {
          const held = cache.peek(key, PUBLIC_LIFETIME)
          return held?.value === first.value ? Math.floor(held.ageMs / 1000) : undefined
        },
      }
    },
    pages: {
      getOrSet(key, load) {
        if (!isKeeping()) return load(() => {})
        const tagged: Load = (addTag) => load((id) => addTag(tagOf(id)))
        return pageCache.getOrSet(pageKey(key), PAGE_LIFETIME, tagged)
      },
      peek: (key) => (isKeeping() ? pageCache.peek(pageKey(key), PAGE_LIFETIME)?.value : undefined),
    },
    announced({ event, payload }) {
      const subject = subjectOf(event, payload)
      invalidate([{ name: event, ...(subject !== undefined && { subjects: [subject] }) }])
    },
    dropAll,
    async listen(database) {
      const heard = (notification: string) => {
        const { sender, events } = readNotification(notification)
        if (sender !== processName) invalidate(events)
      }
      // What was sent while there was no connection is lost.
      const unlisten = await database.listen(EVENTS_CHANNEL, heard, dropAll)
      isListening = true
      return unlisten
    },
    counts() {
      const { reads, entries, bytes } = cache.counts()
      const { hit, stale, miss } = pageCache.counts().reads
      const all = { hit: reads.hit + hit, stale: reads.stale + stale, miss: reads.miss + miss }
      return { entries, bytes: bytes + sizeOfReady(), reads: all }
    },
    onRead: (listener) => void listeners.push(listener),
    reserve(size) {
      sizeOfReady = size
      return readyBytes
    },
    close: () => link?.close(),
  }

  // What memory holds is gone when these return.
  function invalidate(heard: readonly HeardEvent[]) {
    const ofPages = heard.filter(({ name }) => isIn(publicPageEvents, name))
    const pageTags = ofPages.flatMap(({ subjects }) => subjects?.map(tagOf) ?? PAGE_LIFETIME.tags)
    if (pageTags.length > 0) void pageCache.invalidate(pageTags)
    if (heard.some(({ name }) => isIn(publicEvents, name))) {
      void cache.invalidate(PUBLIC_LIFETIME.tags)
    }
  }

  function dropAll() {
    void pageCache.invalidate(PAGE_LIFETIME.tags)
    void cache.invalidate(PUBLIC_LIFETIME.tags)
  }
}

const isIn = (events: readonly string[], name: string) => events.includes(name)

const tagOf = (id: string) => `of ${id}`

// Of no call: their names have no slash.
const pageKey = (key: string) => `/page ${key}`

/** The same for inputs that say the same in another order. */
function keyOf(path: string, input: unknown): string | undefined {
  if (input === undefined) return path
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined
  const fields = Object.entries(input).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `${path} ${JSON.stringify(fields)}`
}

type Head = Pick<PublicAnswer, 'etag' | 'madeAt' | 'nextCursor'>

function toBytes(data: unknown): Buffer {
  const body = JSON.stringify(data)
  const { version, page }: { version?: unknown; page?: { nextCursor?: string | null } } =
    Object(data)
  const head: Head = {
    etag: etagOf(body, typeof version === 'number' ? version : undefined),
    madeAt: Date.now(),
    ...(page?.nextCursor !== undefined && { nextCursor: page.nextCursor }),
  }
  return joinHead(head, Buffer.from(body))
}

/** What is kept: a head in a line of its own, and the bytes that it is of. */
export const joinHead = (head: object, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body])

/** The two of `joinHead`; the head is still JSON. */
export function splitHead(bytes: Buffer): { head: string; body: Buffer } {
  const end = bytes.indexOf('\n')
  return { head: bytes.toString('utf8', 0, end), body: bytes.subarray(end + 1) }
}

function toAnswer(bytes: Buffer): Head & { body: Buffer } {
  const { head, body } = splitHead(bytes)
  const known: Head = JSON.parse(head)
  return { ...known, body }
}
