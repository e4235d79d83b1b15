import type { MemoryStore } from './memory-store.ts'
import type { RedisStore } from './redis-store.ts'

export type Lifetime = {
  /** For how many seconds a value is current. */
  ttl: number
  /** For how many more it is still returned while one load replaces it: 0. */
  staleWhileRevalidate?: number
  /** What the value depends on. The same for each read of a key. */
  tags: readonly string[]
}

export type Load = (addTag: (tag: string) => void) => Promise<Buffer>

/** Copies of what can be had again. Nothing that depends on who asks belongs here. */
export type Cache = {
  /**
   * The value under `key`, or what `load` returns. One load runs for a key and process at a time, also when it fails: all
   * who wait for it get its error, and nothing is kept. `load` must end by itself, and belongs to no single caller.
   * What it finds out that its value depends on besides it adds as tags, before it reads that; memory alone keeps such a value.
   */
  getOrSet(key: string, lifetime: Lifetime, load: Load): Promise<Buffer>
  /** The current value that is in memory, with its age; `getOrSet` has what else there is. */
  peek(key: string, lifetime: Lifetime): { value: Buffer; ageMs: number } | undefined
  /**
   * Drops what has one of the tags. Who asks after it gets no older value, and a load that began before it keeps nothing.
   * The memory of other processes holds out until they invalidate too, or until its time is over.
   */
  invalidate(tags: readonly string[]): Promise<void>
  /** What memory holds now, and the reads since the start. */
  counts(): CacheCounts
}

/** `miss`: it was waited for a load. */
export type CacheRead = 'hit' | 'stale' | 'miss'

export type CacheCounts = { entries: number; bytes: number; reads: Record<CacheRead, number> }

type Options = {
  memory?: MemoryStore
  redis?: RedisStore
  /** Called at each read, with the age of what was returned: 0 where it was loaded. */
  onRead?: (read: CacheRead, ageMs: number) => void
  /** Called when a load behind a stale value fails, for which nobody waits. */
  onFailure?: (error: unknown) => void
  now?: () => number
}

type Found = { value: Buffer; read: CacheRead; ageMs: number }

/** A load that is under way. It is void once one of its tags is invalidated: those who wait get its value, nobody else. */
type Flight = { tags: string[]; isVoid: boolean; found: Promise<Found> }

/** In the memory of this process, in Redis, or in both. A store that is away costs a load. */
export function createCache({
  memory,
  redis,
  onRead,
  onFailure = () => {},
  now = Date.now,
}: Options): Cache {
  const flights = new Map<string, Flight>()
  const reads = { hit: 0, stale: 0, miss: 0 }

  return {
    async getOrSet(key, lifetime, load) {
      const held = inMemory(key, lifetime)
      // The first caller after its time starts the load; nobody waits for it.
      if (held?.read === 'stale') fly(key, lifetime, load).found.catch(onFailure)
      const found = held ?? (await fly(key, lifetime, load).found)
      count(found)
      return found.value
    },
    peek(key, lifetime) {
      const held = inMemory(key, lifetime)
      if (held?.read !== 'hit') return undefined
      count(held)
      return held
    },
    async invalidate(tags) {
      for (const [key, flight] of flights) {
        if (!flight.tags.some((tag) => tags.includes(tag))) continue
        flight.isVoid = true
        flights.delete(key)
      }
      memory?.invalidate(tags)
      await redis?.invalidate(tags)
    },
    counts: () => ({ entries: 0, bytes: 0, ...memory?.size(), reads: { ...reads } }),
  }

  function count({ read, ageMs }: Found) {
    reads[read] += 1
    onRead?.(read, ageMs)
  }

  function inMemory(key: string, lifetime: Lifetime): Found | undefined {
    const entry = memory?.get(key)
    return entry && aged(entry.value, now() - entry.storedAt, lifetime)
  }

  /** The load of this key that is under way, or a new one. */
  function fly(key: string, lifetime: Lifetime, load: Load): Flight {
    const running = flights.get(key)
    if (running) return running
    const { promise: found, resolve, reject } = Promise.withResolvers<Found>()
    const flight: Flight = { tags: [...lifetime.tags], isVoid: false, found }
    flights.set(key, flight)
    void run().finally(() => {
      if (flights.get(key) === flight) flights.delete(key)
    })
    return flight

    async function run() {
      let isResolved = false
      try {
        const shared = await redis?.get(key, lifetime.tags)
        const old = shared?.entry && aged(shared.entry.value, shared.entry.ageMs, lifetime)
        if (old) {
          keep(old)
          resolve(old)
          if (old.read === 'hit') return
          isResolved = true
        }
        const value = await load((tag) => flight.tags.push(tag))
        keep({ value, ageMs: 0 })
        // Redis itself refuses what was invalidated meanwhile, in whatever process.
        const isShared = shared !== undefined && flight.tags.length === lifetime.tags.length
        if (isShared) await redis?.set(key, value, shared.versions, lifeMs(lifetime))
        resolve({ value, read: 'miss', ageMs: 0 })
      } catch (error) {
        reject(error)
        if (isResolved) onFailure(error)
      }
    }

    function keep({ value, ageMs }: Pick<Found, 'value' | 'ageMs'>) {
      if (flight.isVoid) return
      memory?.set(key, { value, storedAt: now() - ageMs, tags: flight.tags })
    }
  }
}

function aged(value: Buffer, ageMs: number, lifetime: Lifetime): Found | undefined {
  if (ageMs < lifetime.ttl * 1000) return { value, read: 'hit', ageMs }
  return ageMs < lifeMs(lifetime) ? { value, read: 'stale', ageMs } : undefined
}

const lifeMs = ({ ttl, staleWhileRevalidate = 0 }: Lifetime) => (ttl + staleWhileRevalidate) * 1000
