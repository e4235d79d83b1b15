import type { CallMeter } from '@galley/api/ctx'
import type { DatabaseMeter } from '@galley/db/metered'
import type { RedisMeter } from '@galley/redis/metered'
import type { Logger } from 'pino'
import { type MetricObjectWithValues, type MetricValue, Registry } from 'prom-client'
import { readBacklog } from '@galley/platform/health/backlog'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'
import type { Gate } from '../load-shedding/gate.ts'
import { handlersOf } from '../start-worker.ts'
import { type AdapterMeter, createAdapterMeter } from './adapters.ts'
import { type BacklogMeter, createBacklogMeter } from './backlog.ts'
import { createCallMeter } from './calls.ts'
import { createDatabaseMeters, type DatabaseTarget } from './database.ts'
import { createHttpMeter, type HttpMeter } from './http.ts'
import { createJobMeter, type JobMeter } from './jobs.ts'
import { createOperations } from './operations.ts'
import { outboundHosts } from './outbound-hosts.ts'
import { createPartMeter, type PartMeter } from './parts.ts'
import { createPools } from './pools.ts'
import { readGauge } from './readings.ts'
import { createRedisMeter } from './redis.ts'
import { createRefusalMeter, type RefusalMeter } from './refusals.ts'
import type { RouteOf } from './request-route.ts'
import { measureRuntime } from './runtime.ts'
import { readDeps, readGate } from './state.ts'
import { createWorks } from './work.ts'

/** Values as one process hands them to another. */
export type Snapshot = MetricObjectWithValues<MetricValue<string>>[]

/** All that this process measures. The parts record; what is read of others is read when it is collected. */
export type Metrics = {
  calls: CallMeter
  database(target: DatabaseTarget): DatabaseMeter
  redis(url: string): RedisMeter
  adapters: AdapterMeter
  jobs: JobMeter
  http(routeOf: RouteOf): HttpMeter
  refusals: RefusalMeter
  /** Reads what these count by themselves, from now on. */
  readDeps(deps: Deps): void
  readGate(gate: Pick<Gate, 'counts'>): void
  /** What is measured now; where `withBacklog`, also what is asked of others: what waits in the database, and the state of each part. */
  collect(withBacklog: boolean): Promise<Snapshot>
  stop(): void
}

export function createMetrics(env: Env, log: Logger): Metrics {
  const registry = new Registry()
  const works = createWorks()
  const operations = createOperations(registry)
  const pools = createPools(registry)
  const runtime = measureRuntime(registry)
  const scheme = new URL(env.PUBLIC_ORIGIN).protocol.replace(':', '')
  let backlog: BacklogMeter | undefined
  let parts: PartMeter | undefined
  readGauge(
    registry,
    {
      name: 'target_info',
      help: 'What is measured here.',
      labelNames: ['service_name'],
      aggregator: 'max',
    },
    () => [[{ service_name: 'galley' }, 1]],
  )

  return {
    calls: createCallMeter(registry),
    database: createDatabaseMeters(registry, { works, operations, pools }),
    redis: (url) => createRedisMeter(operations, url),
    adapters: createAdapterMeter(registry, { hosts: outboundHosts(env) }),
    jobs: createJobMeter(registry),
    http: (routeOf) => createHttpMeter(registry, { routeOf, scheme }),
    refusals: createRefusalMeter(registry),
    readDeps(deps) {
      readDeps(registry, deps)
      pools.add(deps.jobPools)
      const jobs = new Set(handlersOf(deps, log).map(({ definition }) => definition.name))
      const read = () => readBacklog(deps.domain)
      backlog = createBacklogMeter(registry, { read, jobs })
      parts = createPartMeter(registry, { parts: deps.parts, log })
    },
    readGate: (gate) => readGate(registry, gate),
    async collect(withBacklog) {
      if (withBacklog) await Promise.all([backlog?.refresh(), parts?.refresh()])
      return registry.getMetricsAsJSON()
    },
    stop: () => runtime.stop(),
  }
}
