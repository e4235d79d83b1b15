import type { DatabaseMeter } from '@galley/db/metered'
import { createStatementSpans } from '@galley/db/statement-spans'
import type { Log } from '@galley/platform/ctx'
import { createCommandSpans } from '@galley/redis/command-spans'
import type { RedisMeter } from '@galley/redis/metered'
import { isTracing } from '@galley/tracing/span'
import type { Env } from './env.ts'
import type { DatabaseTarget } from './metrics/database.ts'
import type { Metrics } from './metrics/metrics.ts'
import { both, createSlowStatements, explainBy } from './metrics/slow-statements.ts'

/**
 * What hears of statements and of commands to Redis: metrics, the log of slow statements, spans. Nothing where none of them is wanted:
 * then no driver is wrapped.
 */
export function createAdapterMeters(
  env: Env,
  log: Log,
  metrics: Pick<Metrics, 'database' | 'redis'> | undefined,
) {
  const slow = slowStatementsOf(env, log)
  return {
    database(target: DatabaseTarget): DatabaseMeter | undefined {
      const all = [
        ...(metrics ? [metrics.database(target)] : []),
        ...(slow ? [slow] : []),
        ...(isTracing() ? [createStatementSpans(target.url)] : []),
      ]
      return all.length > 0 ? all.reduce(both) : undefined
    },
    redis(url: string): RedisMeter | undefined {
      const all = [
        ...(metrics ? [metrics.redis(url)] : []),
        ...(isTracing() ? [createCommandSpans(url)] : []),
      ]
      return all.length > 0 ? each(all) : undefined
    },
  }
}

const each = (meters: readonly RedisMeter[]): RedisMeter => ({
  command(asked) {
    const ends = meters.map((meter) => meter.command(asked))
    return (error) => ends.forEach((ended) => ended(error))
  },
})

function slowStatementsOf(env: Env, log: Log) {
  const { SLOW_STATEMENT_MS: limitMs, DATABASE_URL, DATABASE_DIRECT_URL } = env
  if (limitMs === undefined) return undefined
  return createSlowStatements({
    limitMs,
    log,
    explain: explainBy(DATABASE_DIRECT_URL ?? DATABASE_URL),
  })
}
