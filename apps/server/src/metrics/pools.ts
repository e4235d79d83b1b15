import type { PoolCounts } from '@galley/jobs/pool-counts'
import type { Registry } from 'prom-client'
import { DATABASE_SECONDS } from './buckets.ts'
import { createDurations } from './durations.ts'
import { readGauge } from './readings.ts'

/** The pools of connections of this process. */
export type Pools = {
  /** Adds pools, which are counted when it is collected. */
  add(count: () => readonly PoolCounts[]): void
  /** Something waited so long for a connection of this pool. */
  waited(pool: string, ms: number): void
}

const NAME = 'db_client_connection_pool_name'
const STATE = 'db_client_connection_state'

export function createPools(registry: Registry): Pools {
  const counts: (() => readonly PoolCounts[])[] = []
  const all = () => counts.flatMap((count) => count())
  const wait = createDurations(registry, {
    name: 'db_client_connection_wait_time_seconds',
    help: 'How long statements and transactions waited for a connection.',
    labelNames: [NAME],
    buckets: DATABASE_SECONDS,
  })
  const ofEach = (name: string, help: string, read: (pool: PoolCounts) => number) =>
    readGauge(registry, { name, help, labelNames: [NAME] }, () =>
      all().map((pool) => [{ [NAME]: pool.name }, read(pool)]),
    )
  ofEach('db_client_connection_limit', 'The most connections of a pool.', ({ limit }) => limit)
  ofEach(
    'db_client_connection_pending_requests',
    'What waits for a connection.',
    ({ waiting }) => waiting,
  )
  readGauge(
    registry,
    {
      name: 'db_client_connection_count',
      help: 'Connections by what they do; those that are not open yet are idle.',
      labelNames: [NAME, STATE],
    },
    () =>
      all().flatMap(({ name, limit, used }) => [
        [{ [NAME]: name, [STATE]: 'used' }, used],
        [{ [NAME]: name, [STATE]: 'idle' }, limit - used],
      ]),
  )
  return {
    add: (count) => void counts.push(count),
    waited: (pool, ms) => wait({ [NAME]: pool }, ms),
  }
}
