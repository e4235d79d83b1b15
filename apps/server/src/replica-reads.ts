import type { ReadSubject, ReplicaReads } from '@galley/api/ctx'
import { publicEvents, publicPageEvents } from '@galley/contract/events'
import type { Database } from '@galley/db/client'
import type { DatabaseMeter } from '@galley/db/metered'
import { createReplicas, type ReplicaCounts } from '@galley/db/replicas'
import type { Actor, Log } from '@galley/platform/ctx'
import {
  type CommittedEvent,
  EVENTS_CHANNEL,
  readNotification,
} from '@galley/platform/events/announcer'
import type { Env } from './env.ts'

/** The standbys of this site, as requests may read from them. */
export type ReplicaPool = AsyncDisposable & {
  /** For a caller who has last written before this position; undefined where all reads are to go to the primary. */
  readsOf(actor: Actor, position: number | undefined): ReplicaReads | undefined
  /** Call where something of a subject may have changed: what is read next must show it. */
  changed(subject: ReadSubject): void
  /** Call for each event of this process. */
  announced(event: CommittedEvent): void
  /** Begins to hear of the events of other processes, and to use the standbys. Resolves to what ends it. */
  listen(database: Pick<Database, 'listen'>): Promise<() => Promise<void>>
  /** Of what is committed by now. */
  position(): Promise<number>
  /** For so long what somebody wrote may not be on a standby that is in use. */
  ownWriteSeconds: number
  counts(): ReplicaCounts
}

type Options = {
  env: Pick<
    Env,
    | 'DATABASE_URL'
    | 'DATABASE_DIRECT_URL'
    | 'DATABASE_REPLICA_URLS'
    | 'DATABASE_REPLICA_MAX_LAG_MS'
    | 'DATABASE_POOL_MAX'
  >
  log: Log
  processName: string
  /** What hears of the reads of a standby. */
  meterOf?: (url: string) => DatabaseMeter | undefined
}

/** Undefined where no standby is named. Opens no connection before `listen`. */
export function createReplicaPool(options: Options): ReplicaPool | undefined {
  const { env, log, processName, meterOf } = options
  const maxLagMs = env.DATABASE_REPLICA_MAX_LAG_MS
  if (env.DATABASE_REPLICA_URLS.length === 0) return undefined
  const everyMs = Math.min(1_000, maxLagMs / 4)
  const replicas = createReplicas({
    primaryUrl: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    urls: env.DATABASE_REPLICA_URLS,
    maxLagMs,
    everyMs,
    max: env.DATABASE_POOL_MAX,
    ...(meterOf && { meterOf }),
    onChange: (replica, failure) => {
      if (failure === undefined) log.info({ replica }, 'replica answers')
      else log.warn({ replica, err: failure }, 'replica does not answer: the primary is read')
    },
  })
  const readsFrom = (position: number | undefined): ReplicaReads => ({
    read: (subject, onReplica, onPrimary) =>
      replicas.read({ subject, position }, onReplica, onPrimary),
  })
  const ofReaders = readsFrom(undefined)

  return {
    readsOf(actor, position) {
      if (writesUnseen(actor)) return undefined
      return position === undefined ? ofReaders : readsFrom(position)
    },
    changed: replicas.changed,
    announced: ({ event }) => heard([event]),
    async listen(database) {
      const onNotification = (notification: string) => {
        const { sender, events } = readNotification(notification)
        if (sender !== processName) heard(events.map(({ name }) => name))
      }
      // What was sent while there was no connection is lost.
      const onConnected = () => heard(publicPageEvents)
      const unlisten = await database.listen(EVENTS_CHANNEL, onNotification, onConnected)
      replicas.start()
      return unlisten
    },
    position: replicas.position,
    ownWriteSeconds: Math.ceil((maxLagMs + 2 * everyMs) / 1_000),
    counts: replicas.counts,
    [Symbol.asyncDispose]: replicas[Symbol.asyncDispose],
  }

  function heard(names: readonly string[]) {
    if (names.some((name) => isOf(publicEvents, name))) replicas.changed('answers')
    if (names.some((name) => isOf(publicPageEvents, name))) replicas.changed('pages')
  }
}

const isOf = (events: readonly string[], name: string) => events.includes(name)

/** API clients bring no cookie that says what they wrote: those that may write read what is there. */
const writesUnseen = ({ kind, ...actor }: Actor) =>
  kind === 'user' &&
  'via' in actor &&
  actor.via.kind === 'token' &&
  [...actor.via.scopes].some((scope) => !scope.endsWith(':read'))
