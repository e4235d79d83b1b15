import type { ReplicaCounts } from '@galley/db/replicas'
import type { Registry } from 'prom-client'
import type { Deps } from '../deps.ts'
import type { Gate } from '../load-shedding/gate.ts'
import type { ReplicaPool } from '../replica-reads.ts'
import { readCache } from './cache.ts'
import { readCounter, readGauge } from './readings.ts'

/** What parts of this process count by themselves. */
export function readDeps(registry: Registry, deps: Deps): void {
  const { openStreams, publicReads, replicas, domain } = deps
  const gauge = gaugesOf(registry)
  gauge('galley_streams_open', 'Open streams of live updates.', () => openStreams.count)
  gauge('galley_stream_watchers', 'Watchers that events are sent to.', () => domain.live.count)
  if (replicas) readReplicas(registry, replicas)
  if (publicReads) readCache(registry, publicReads)
}

/** The same of the gate in front of the server; the work of a page counts as that of ten calls. */
export function readGate(registry: Registry, gate: Pick<Gate, 'counts'>): void {
  const gauge = gaugesOf(registry)
  gauge('galley_gate_in_flight', 'Work under way, in calls.', () => gate.counts().working)
  gauge('galley_gate_waiting', 'Requests that wait for room.', () => gate.counts().waiting)
  gauge('galley_gate_limit', 'Work that is admitted at once, in calls.', () => gate.counts().limit)
  readCounter(
    registry,
    { name: 'galley_requests_shed_total', help: 'Requests refused since too many came at once.' },
    () => gate.counts().refused,
  )
}

const gaugesOf = (registry: Registry) => (name: string, help: string, read: () => number) =>
  readGauge(registry, { name, help }, read)

/** Standbys by name: of several processes that which sees a standby in the worst state counts. */
function readReplicas(registry: Registry, { counts }: Pick<ReplicaPool, 'counts'>) {
  const ofEach = (about: Named, read: (replica: ReplicaCounts['replicas'][number]) => number) =>
    readGauge(registry, { ...about, labelNames: ['replica'] }, () =>
      counts().replicas.map((replica) => [{ replica: replica.name }, read(replica)]),
    )
  ofEach(
    { name: 'galley_replica_up', help: 'Whether a standby responds.', aggregator: 'min' },
    ({ isUp }) => Number(isUp),
  )
  ofEach(
    { name: 'galley_replica_lag_seconds', help: 'How far it is behind.', aggregator: 'max' },
    ({ lagMs }) => lagMs / 1_000,
  )
  readCounter(
    registry,
    {
      name: 'galley_replica_reads_total',
      help: 'Reads that may lag, by where they went; of those to the primary, why.',
      labelNames: ['to', 'reason'],
    },
    () => {
      const { replica, primary, repeated } = counts().reads
      return [
        [{ to: 'replica', reason: '' }, replica],
        ...Object.entries({ ...primary, failed: repeated }).map(
          ([reason, count]) => [{ to: 'primary', reason }, count] as const,
        ),
      ]
    },
  )
}

type Named = { name: string; help: string; aggregator: 'min' | 'max' }
