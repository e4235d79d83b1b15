import type { MeasuredHealth } from '@galley/contract/platform/health'
import { aggregated } from './exposition.ts'
import type { Snapshot } from './metrics.ts'
import { type Buckets, createReader, type Labels, quantile, sinceThen, totalOf } from './summary.ts'

const EVERY_MS = 60_000
const MOMENTS = 61
const MOST_PROCEDURES = 10

const REQUESTS = 'http_server_request_duration_seconds'
const CALLS = 'rpc_server_call_duration_seconds'
const ADAPTERS = 'galley_adapter_duration_seconds'

export type History = {
  /** The last hour, up to now. */
  measured(): Promise<MeasuredHealth>
  stop(): void
}

/** Keeps what is needed of each minute of the last hour, for admins who have no Prometheus. */
export function createHistory(collect: () => Promise<readonly Snapshot[]>): History {
  const points: Point[] = []
  const look = async () => {
    const point = pointOf(await aggregated(await collect()))
    points.push(point)
    if (points.length > MOMENTS) points.shift()
    return point
  }
  const keep = () => void look().catch(() => {})
  const timer = setInterval(keep, EVERY_MS).unref()
  keep()
  return {
    async measured() {
      const now = pointOf(await aggregated(await collect()))
      const earlier = points.filter(({ at }) => at < now.at).slice(1 - MOMENTS)
      return describe([...earlier, now])
    },
    stop: () => clearInterval(timer),
  }
}

type Point = ReturnType<typeof pointOf>

/** The counts are since the start. */
function pointOf(snapshot: Snapshot) {
  const { sum, count, countBy, buckets, bucketsBy } = createReader(snapshot)
  const isMail = (adapter: unknown) => adapter === 'mail'
  // Those that calls wait for.
  const isOurs = ({ db_client_connection_pool_name: pool }: Labels) => pool === 'galley-server'
  return {
    at: Date.now(),
    requests: buckets(REQUESTS),
    failed: count(REQUESTS, ({ error_type: type }) => type !== undefined && type !== 'aborted'),
    procedures: bucketsBy(CALLS, 'rpc_method'),
    failedCalls: countBy(CALLS, 'rpc_method', (labels) => labels['error_type'] !== undefined),
    mail: count(ADAPTERS, ({ adapter }) => isMail(adapter)),
    mailFailed: count(
      ADAPTERS,
      ({ adapter, error_type: type }) => isMail(adapter) && type !== undefined,
    ),
    shed: sum('galley_requests_shed_total'),
    rateLimited: sum('galley_rate_limit_refusals_total'),
    cacheReads: sum('galley_cache_reads_total'),
    cacheMisses: sum('galley_cache_reads_total', ({ result }) => result === 'miss'),
    now: {
      processes: sum('galley_processes'),
      uptimeSeconds: sum('process_uptime_seconds'),
      eventLoopMs: sum('nodejs_eventloop_delay_p99_seconds') * 1000,
      memoryBytes: sum('process_memory_usage_bytes'),
      cacheBytes: sum('galley_cache_size_bytes'),
      streams: sum('galley_streams_open'),
      connections: {
        used: sum(
          'db_client_connection_count',
          (labels) => isOurs(labels) && labels['db_client_connection_state'] === 'used',
        ),
        limit: sum('db_client_connection_limit', isOurs),
        waiting: sum('db_client_connection_pending_requests', isOurs),
      },
    },
  }
}

function describe(points: readonly Point[]): MeasuredHealth {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) throw new Error('A history has at least one point')
  const { processes, uptimeSeconds, connections, cacheBytes, streams } = last.now
  const reads = grown(first.cacheReads, last.cacheReads)
  const mailFailed = grown(first.mailFailed, last.mailFailed)
  return {
    since: new Date(first.at).toISOString(),
    moments: points.slice(1).flatMap((point, index) => momentOf(points[index], point)),
    procedures: proceduresOf(first, last),
    processes,
    uptimeSeconds,
    connections,
    refused: {
      tooManyAtOnce: grown(first.shed, last.shed),
      allowanceUsedUp: grown(first.rateLimited, last.rateLimited),
    },
    mail: { sent: Math.max(0, grown(first.mail, last.mail) - mailFailed), failed: mailFailed },
    cache: {
      reads,
      fromMemory: Math.max(0, reads - grown(first.cacheMisses, last.cacheMisses)),
      bytes: cacheBytes,
    },
    streams,
  }
}

function momentOf(before: Point | undefined, point: Point): MeasuredHealth['moments'] {
  if (!before) return []
  const seconds = (point.at - before.at) / 1000
  const requests = sinceThen(point.requests, before.requests)
  return [
    {
      at: new Date(point.at).toISOString(),
      requestsPerSecond: totalOf(requests) / seconds,
      failedPerSecond: grown(before.failed, point.failed) / seconds,
      p95Ms: toMs(quantile(0.95, requests)),
      eventLoopMs: point.now.eventLoopMs,
      memoryBytes: point.now.memoryBytes,
    },
  ]
}

function proceduresOf(first: Point, last: Point): MeasuredHealth['procedures'] {
  const lately: [string, Buckets][] = [...last.procedures].map(([path, buckets]) => [
    path,
    sinceThen(buckets, first.procedures.get(path)),
  ])
  return lately
    .filter(([, buckets]) => totalOf(buckets) > 0)
    .toSorted(([, one], [, other]) => totalOf(other) - totalOf(one))
    .slice(0, MOST_PROCEDURES)
    .map(([path, buckets]) => ({
      path,
      calls: totalOf(buckets),
      failed: grown(first.failedCalls.get(path), last.failedCalls.get(path)),
      p50Ms: toMs(quantile(0.5, buckets)) ?? 0,
      p95Ms: toMs(quantile(0.95, buckets)) ?? 0,
    }))
}

/** A process that gives no values for once lets a sum fall. */
const grown = (before = 0, after = 0) => Math.max(0, after - before)

const toMs = (seconds: number | null) =>
  seconds === null ? null : Math.round(seconds * 10_000) / 10
