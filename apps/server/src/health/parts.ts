import { setTimeout as sleep } from 'node:timers/promises'
import type { AppDeps } from '@galley/api/ctx'
import type { Log } from '@galley/platform/ctx'
import { ObjectNotFound } from '@galley/storage/storage'
import type { Deps } from '../deps.ts'

/** `slow`: no response in time. `silent`: no worker has shown itself lately. The log has the cause. */
type PartState = 'ok' | 'slow' | 'silent' | 'down'

export type Part = {
  name: string
  /** Resolves within the time limit, whatever the part does; logs what has changed. `ms` is how long it took to know it. */
  look(log: Log): Promise<Look>
}

type Look = { state: PartState; ms: number }

const LIMIT_MS = 1_000
/** Anybody may ask, as often as they like: what costs others something is not looked at more often. */
const KEPT_MS = 1_000
/** A worker looks after the queues every 5 s. */
const SILENCE_MS = 30_000

export type PartDeps = Pick<Deps, 'pingDatabase' | 'pingRedis'> & {
  domain: Pick<AppDeps, 'jobs' | 'storage'>
}

/**
 * What a server works with, to be looked at. Without the first it cannot serve; without the others it can, less well. Workers that
 * start together with it, at `startedAt`, have time to show themselves.
 */
export function createParts(
  { pingDatabase, pingRedis, domain }: PartDeps,
  startedAt = performance.now(),
): [Part, ...Part[]] {
  const { jobs, storage } = domain
  return [
    createPart('database', () => pingDatabase(2 * LIMIT_MS), 0),
    createPart('worker', async () => {
      const silentMs = await jobs.admin.workerSilenceMs()
      const isSilent = silentMs === null || silentMs > SILENCE_MS
      if (isSilent && performance.now() - startedAt > SILENCE_MS) throw new WorkerSilent()
    }),
    ...(pingRedis ? [createPart('redis', pingRedis)] : []),
    createPart('storage', async (signal) => {
      const absent = await storage.head('readiness', { signal }).catch((error: unknown) => error)
      if (absent instanceof Error && !(absent instanceof ObjectNotFound)) throw absent
    }),
  ]
}

class WorkerSilent extends Error {
  override readonly name = 'WorkerSilent'
  override readonly message = `No worker has shown itself for ${SILENCE_MS / 1000} s`
}

/** All who ask share one look, also one that hangs: it may hold a thread or a connection. */
function createPart(
  name: string,
  ask: (signal: AbortSignal) => Promise<unknown>,
  keptMs = KEPT_MS,
): Part {
  let looking: Promise<PartState> | undefined
  let kept: (Look & { until: number }) | undefined
  let last: PartState = 'ok'
  return {
    name,
    async look(log) {
      const begun = performance.now()
      if (kept && begun < kept.until) return kept
      looking ??= lookOnce(log).finally(() => (looking = undefined))
      const state = await inTime(looking)
      const now = performance.now()
      kept = { state, ms: now - begun, until: now + keptMs }
      if (state === 'slow') tell(log, state, undefined)
      return kept
    },
  }

  async function lookOnce(log: Log): Promise<PartState> {
    try {
      await ask(AbortSignal.timeout(LIMIT_MS))
      return tell(log, 'ok', undefined)
    } catch (error) {
      return tell(log, stateOf(error), error)
    }
  }

  // Probes come every few seconds: only a change is worth a line.
  function tell(log: Log, state: PartState, error: unknown): PartState {
    const wasOk = last === 'ok'
    last = state
    if (state === 'ok' && !wasOk) log.info({ part: name }, `${name} answers again`)
    else if (state !== 'ok' && wasOk) {
      log.warn({ part: name, state, err: error }, `${name} does not answer`)
    }
    return state
  }
}

function stateOf(error: unknown): PartState {
  if (error instanceof WorkerSilent) return 'silent'
  return error instanceof Error && error.name === 'TimeoutError' ? 'slow' : 'down'
}

async function inTime(looking: Promise<PartState>): Promise<PartState> {
  const timer = new AbortController()
  const late = sleep(LIMIT_MS, undefined, { signal: timer.signal }).then((): PartState => 'slow')
  late.catch(() => {}) // when it is no longer waited for
  try {
    return await Promise.race([looking, late])
  } finally {
    timer.abort()
  }
}
