import { setTimeout as sleep } from 'node:timers/promises'
import { createDb, type Database, type Db } from './client.ts'
import type { DatabaseMeter } from './metered.ts'

/** A standby, and what is known of it. Times are of `performance.now()`, positions are bytes of the primary's log. */
export type Replica = {
  readonly name: string
  readonly db: Db
  isUp: boolean
  /** How far it has replayed the log. */
  position: number
  /** It holds all that was committed before this time. */
  freshAt: number
  /** Called with what happened when it goes away: reads under way are not waited for. */
  readonly leavers: Set<(error: Error) => void>
}

export type Watched = { replica: Replica; probe: Database; pool: Database }

/** How far the primary had written its log at a time. */
type Sample = { at: number; position: number }

type Options = {
  primary: Database
  watched: readonly Watched[]
  /** How long a sample is of use. */
  keepMs: number
  everyMs: number
  /** Called when one comes back, or goes away with the reason. */
  onChange: (name: string, failure?: unknown) => void
}

/** However much is asked for, no look follows another sooner. */
const LEAST_MS = 100
const LIMIT_MS = 1_000
/** A standby that is further behind is looked at as usual. */
const HURRY_MS = 1_000

export type Watch = {
  start(): void
  stop(): void
  /** Looks soon, and on until every standby holds what is committed by now. */
  hurry(): void
  /** Now, or when the primary was last heard: while it is away no standby falls behind it. */
  clock(): number
  /** Takes a standby for gone until it responds to a look. */
  suspect(replica: Replica, error: unknown): void
}

/** Looks at the primary and the standbys every second, by one small statement each, on connections of their own. */
export function watchReplicas(options: Options): Watch {
  const { primary, watched, keepMs, everyMs, onChange } = options
  const samples: Sample[] = []
  let timer: NodeJS.Timeout | undefined
  let isStopped = true
  let isLooking = false
  let lookedAt = 0
  let wantedAt = 0
  let isPrimaryUp = true

  return {
    start() {
      isStopped = false
      void look()
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
    hurry() {
      wantedAt = performance.now()
      if (!isLooking) plan(LEAST_MS)
    },
    clock: () => (isPrimaryUp ? performance.now() : (samples.at(-1)?.at ?? 0)),
    suspect: goAway,
  }

  function plan(afterMs: number) {
    clearTimeout(timer)
    if (isStopped) return
    timer = setTimeout(() => void look(), Math.max(0, lookedAt + afterMs - performance.now()))
    timer.unref()
  }

  async function look() {
    isLooking = true
    lookedAt = performance.now()
    await lookAtPrimary()
    await Promise.all(watched.map(lookAt))
    isLooking = false
    const isBehind = watched.some(({ replica }) => replica.isUp && replica.freshAt <= wantedAt)
    const isHurried = performance.now() - wantedAt < HURRY_MS
    plan(isBehind && isPrimaryUp && isHurried ? Math.min(LEAST_MS, everyMs) : everyMs)
  }

  async function lookAtPrimary() {
    const at = performance.now()
    try {
      const position = await inTime(positionOf(primary))
      isPrimaryUp = true
      // After a failover the log may be shorter: what was known of another one says nothing.
      if (position < (samples.at(-1)?.position ?? 0)) samples.length = 0
      samples.push({ at, position })
      while ((samples[0]?.at ?? at) < at - keepMs) samples.shift()
    } catch {
      isPrimaryUp = false
    }
  }

  async function lookAt({ replica, probe }: Watched) {
    try {
      const [found] = await inTime(
        probe.sql<{ isStandby: boolean; position: number | null }[]>`
          select pg_is_in_recovery() as "isStandby",
            pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::float8 as position`,
      )
      if (!found?.isStandby || found.position === null) throw new Error('It is no standby')
      replica.position = found.position
      const sample = samples.findLast(({ position }) => position <= replica.position)
      replica.freshAt = sample?.at ?? 0
      if (!replica.isUp) onChange(replica.name)
      replica.isUp = true
    } catch (error) {
      goAway(replica, error)
    }
  }

  function goAway(replica: Replica, error: unknown) {
    const wasUp = replica.isUp
    replica.isUp = false
    if (wasUp) onChange(replica.name, error)
    for (const leave of replica.leavers) leave(new ReplicaAway())
  }
}

/** The standby went away while it was read from. */
export class ReplicaAway extends Error {
  override readonly name = 'ReplicaAway'
}

/** How far the log of the primary is written, what is committed by now included. */
export async function positionOf({ sql }: Database): Promise<number> {
  const [row] = await sql<{ position: number }[]>`
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 as position`
  if (!row) throw new Error('The primary did not say how far its log is')
  return row.position
}

export async function inTime<Result>(work: PromiseLike<Result>): Promise<Result> {
  const timer = new AbortController()
  const late = sleep(LIMIT_MS, undefined, { signal: timer.signal, ref: false }).then(() => {
    throw new Error(`No response within ${LIMIT_MS} ms`)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
    late.catch(() => {})
  }
}

/** Connections for reads, and one for looks, so that these do not wait for those. */
export function openReplica(url: string, max: number, meter?: DatabaseMeter): Watched {
  const pool = createDb(url, { max, meter, applicationName: 'galley-replica' })
  const probe = createDb(url, { max: 1, applicationName: 'galley-replica-watch' })
  const { host, pathname } = new URL(url)
  const replica: Replica = {
    name: `${host}${pathname}`,
    db: pool.db,
    isUp: false,
    position: 0,
    freshAt: 0,
    leavers: new Set(),
  }
  return { replica, probe, pool }
}
