import { createCache, type Cache, type Lifetime } from '@galley/cache/cache'
import { createMemoryStore } from '@galley/cache/memory-store'
import { createRedisStore } from '@galley/cache/redis-store'
import type { PublicReads } from '@galley/api/ctx'
import { publicEvents, type EventName } from '@galley/contract/events'
import { contractHeader } from '@galley/contract/skew'
import type { Database } from '@galley/db/client'
import type { CommittedEvent } from '@galley/platform/events/announcer'
import { EVENTS_CHANNEL } from '@galley/platform/events/announcer'
import { createRedisLink } from '@galley/redis/link'
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

// Another version of Galley may respond in another way.
const PREFIX = `galley:public:${contractHeader()}:`

/** An answer as it is kept: the JSON of an output, and what its head says of it. */
export type PublicAnswer = {
  etag: string
  nextCursor?: string | null
  body: Buffer
  ageSeconds: number
  /** The same at another time; undefined once another answer is current. A read of its own. */
  ageNow(): number | undefined
}

export type PublicReadCache = PublicReads & {
  /** The current answer, where this process has it in memory and hears of changes. */
  peek(path: string, input: unknown): PublicAnswer | undefined
  /** Call for each event of this process. */
  announced(event: CommittedEvent): void
  /** Begins to hear of the events of other processes; nothing is kept before. Resolves to what ends it. */
  listen(database: Pick<Database, 'listen'>): Promise<() => Promise<void>>
  counts: Cache['counts']
  /** How much may be kept beside it of what is made of its answers, in bytes. */
  readyBytes: number
  close(): void
}

type Options = { maxBytes: number; redisUrl?: string | undefined; processName: string }

/** What people who are signed out read, in memory, and in Redis where there is one. */
export function createPublicReads({ maxBytes, redisUrl, processName }: Options): PublicReadCache {
  const readyBytes = Math.floor(maxBytes / 3)
  const link =
    redisUrl === undefined
      ? undefined
      : createRedisLink(redisUrl, { commandMs: 50, prefix: PREFIX })
  const cache = createCache({
    memory: createMemoryStore({ maxBytes: maxBytes - readyBytes }),
    ...(link && { redis: createRedisStore(link) }),
  })
  let isListening = false

  return {
    async getOrSet(path, input, load) {
      const key = keyOf(path, input)
      if (!isListening || key === undefined) return load()
      const bytes = await cache.getOrSet(key, PUBLIC_LIFETIME, async () => toBytes(await load()))
      return JSON.parse(fromBytes(bytes).body.toString())
    },
    peek(path, input) {
      const key = isListening ? keyOf(path, input) : undefined
      const first = key === undefined ? undefined : cache.peek(key, PUBLIC_LIFETIME)
      if (key === undefined || !first) return undefined
      return {
        ...fromBytes(first.value),
        ageSeconds: Math.floor(first.ageMs / 1000),
        ageNow() {
          const held = cache.peek(key, PUBLIC_LIFETIME)
          return held?.value === first.value ? Math.floor(held.ageMs / 1000) : undefined
        },
      }
    },
    announced({ event }) {
      if (isPublic(event)) void invalidate()
    },
    async listen(database) {
      const heard = (notification: string) => {
        const [sender, ...names] = notification.split(' ')
        if (sender !== processName && names.some(isPublic)) void invalidate()
      }
      // What was sent while there was no connection is lost.
      const unlisten = await database.listen(EVENTS_CHANNEL, heard, () => void invalidate())
      isListening = true
      return unlisten
    },
    counts: cache.counts,
    readyBytes,
    close: () => link?.close(),
  }

  async function invalidate() {
    await cache.invalidate(PUBLIC_LIFETIME.tags)
  }
}

const isPublic = (event: string) => publicEvents.includes(event as EventName)

/** The same for inputs that say the same in another order. */
function keyOf(path: string, input: unknown): string | undefined {
  if (input === undefined) return path
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined
  const fields = Object.entries(input).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `${path} ${JSON.stringify(fields)}`
}

type Head = Pick<PublicAnswer, 'etag' | 'nextCursor'>

/** The head in a line of its own. */
function toBytes(data: unknown): Buffer {
  const body = JSON.stringify(data)
  const { version, page }: { version?: unknown; page?: { nextCursor?: string | null } } =
    Object(data)
  const head: Head = {
    etag: etagOf(body, typeof version === 'number' ? version : undefined),
    ...(page?.nextCursor !== undefined && { nextCursor: page.nextCursor }),
  }
  return Buffer.from(`${JSON.stringify(head)}\n${body}`)
}

function fromBytes(bytes: Buffer): Head & { body: Buffer } {
  const end = bytes.indexOf('\n')
  const head: Head = JSON.parse(bytes.toString('utf8', 0, end))
  return { ...head, body: bytes.subarray(end + 1) }
}
