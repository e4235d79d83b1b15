import { createDb, type Db } from './client.ts'
import type { DatabaseMeter } from './metered.ts'
import { isConnectionLost, isDatabaseFailure } from './errors.ts'
import {
  inTime,
  openReplica,
  positionOf,
  type Replica,
  ReplicaAway,
  watchReplicas,
} from './replica-watch.ts'

/** What a read must see; without any of it, all that is older than the lag bound. */
export type Need = {
  /** All that was written to the primary's log before this position, as `position` returned it. */
  position?: number | undefined
  /** All that was committed before the last `changed` of this subject. */
  subject?: string | undefined
}

/** Why a read went to the primary: no standby is there or near enough, its own write, a change that was heard of. */
export type ToPrimary = 'away' | 'own-write' | 'changed'

export type ReplicaCounts = {
  reads: { replica: number; primary: Record<ToPrimary, number>; repeated: number }
  replicas: { name: string; isUp: boolean; lagMs: number }[]
}

/** Standbys that reads may go to. */
export type Replicas = AsyncDisposable & {
  /** Begins to look at them; before, every read goes to the primary. */
  start(): void
  /**
   * Runs a read on a standby that meets the need. Where there is none, and once more where the standby fails or goes away
   * meanwhile, `onPrimary` runs. What the read itself throws is thrown.
   */
  read<Result>(
    need: Need,
    onReplica: (db: Db) => Promise<Result>,
    onPrimary: () => Promise<Result>,
  ): Promise<Result>
  /** Call when it is heard that something about a subject has changed. */
  changed(subject: string): void
  /** Of what is committed by now. Where the primary does not respond it is beyond all that a standby has. */
  position(): Promise<number>
  counts(): ReplicaCounts
}

type Options = {
  primaryUrl: string
  urls: readonly string[]
  maxLagMs: number
  /** Most connections at once to each: 10. */
  max?: number
  /** Between two looks at them: 1,000. */
  everyMs?: number
  onChange?: (name: string, failure?: unknown) => void
  /** What hears of the reads of each. */
  meterOf?: (url: string) => DatabaseMeter | undefined
}

/** Opens no connection before `start` or the first read. */
export function createReplicas(options: Options): Replicas {
  const { urls, maxLagMs, max = 10, everyMs = 1_000, onChange = () => {} } = options
  const primary = createDb(options.primaryUrl, { max: 1, applicationName: 'galley-replica-watch' })
  const watched = urls.map((url) => openReplica(url, max, options.meterOf?.(url)))
  const replicas = watched.map(({ replica }) => replica)
  const keepMs = maxLagMs + 2 * everyMs
  const watch = watchReplicas({ primary, watched, keepMs, everyMs, onChange })
  const changedAt = new Map<string, number>()
  const toPrimary = { away: 0, 'own-write': 0, changed: 0 }
  const reads = { replica: 0, repeated: 0 }
  let turn = 0

  return {
    start: watch.start,
    async read(need, onReplica, onPrimary) {
      const chosen = choose(need)
      if (typeof chosen === 'string') {
        toPrimary[chosen] += 1
        return onPrimary()
      }
      try {
        const result = await whileUp(chosen, () => onReplica(chosen.db))
        reads.replica += 1
        return result
      } catch (error) {
        if (!(error instanceof ReplicaAway) && !isDatabaseFailure(error)) throw error
        if (chosen.isUp && isConnectionLost(error)) watch.suspect(chosen, error)
        reads.repeated += 1
        return onPrimary()
      }
    },
    changed(subject) {
      changedAt.set(subject, performance.now())
      watch.hurry()
    },
    position: shared(() => inTime(positionOf(primary)).catch(() => Number.MAX_SAFE_INTEGER)),
    counts: () => ({
      reads: { ...reads, primary: { ...toPrimary } },
      replicas: replicas.map(({ name, isUp, freshAt }) => ({
        name,
        isUp,
        lagMs: Math.max(0, Math.round(watch.clock() - freshAt)),
      })),
    }),
    async [Symbol.asyncDispose]() {
      watch.stop()
      const all = watched.flatMap(({ pool, probe }) => [pool, probe])
      await Promise.all([primary, ...all].map((database) => database.close(1)))
    },
  }

  /** One that meets the need, each in its turn, or why there is none. */
  function choose({ position = 0, subject }: Need): Replica | ToPrimary {
    const oldest = watch.clock() - maxLagMs
    const changed = subject === undefined ? 0 : (changedAt.get(subject) ?? 0)
    let reason: ToPrimary = 'away'
    turn = (turn + 1) % replicas.length
    for (const replica of [...replicas.slice(turn), ...replicas.slice(0, turn)]) {
      if (!replica.isUp || replica.freshAt < oldest) continue
      if (replica.position < position) reason = 'own-write'
      else if (replica.freshAt <= changed) reason = 'changed'
      else return replica
    }
    return reason
  }
}

/** The result, or `ReplicaAway` when the standby is found to be gone: one that hangs would keep its readers for seconds. */
async function whileUp<Result>(replica: Replica, work: () => Promise<Result>): Promise<Result> {
  const { promise: away, reject } = Promise.withResolvers<never>()
  replica.leavers.add(reject)
  try {
    return await Promise.race([work(), away])
  } finally {
    replica.leavers.delete(reject)
  }
}

/** Who asks while one is under way shares the next one with all who do: it begins after what they have committed. */
function shared<Result>(ask: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<unknown> = Promise.resolve()
  let next: Promise<Result> | undefined
  return () =>
    (next ??= running.then(() => {
      const asked = ask()
      running = asked
      next = undefined
      return asked
    }))
}
