import type { DatabaseMeter } from '@galley/db/metered'
import { Histogram, type Registry } from 'prom-client'
import { DATABASE_SECONDS } from './buckets.ts'
import { readCounter, readGauge } from './readings.ts'
import type { Work, Works } from './work.ts'

const POOL = { db_client_connection_pool_name: 'galley-server' }

/** Measures statements, whose they are, and the pool of connections that they wait for. */
export function createDatabaseMeter(
  registry: Registry,
  { works, poolMax }: { works: Works; poolMax: number },
): DatabaseMeter {
  let used = 0
  let waiting = 0
  const registers = [registry]
  const duration = new Histogram({
    name: 'db_client_operation_duration_seconds',
    help: 'Duration of statements without their wait for a connection.',
    labelNames: ['db_system_name', 'db_operation_name', 'error_type'],
    buckets: DATABASE_SECONDS,
    registers,
  })
  const wait = new Histogram({
    name: 'db_client_connection_wait_time_seconds',
    help: 'How long statements and transactions waited for a connection.',
    labelNames: ['db_client_connection_pool_name'],
    buckets: DATABASE_SECONDS,
    registers,
  })
  const labelNames = Object.keys(POOL)
  readGauge(
    registry,
    { name: 'db_client_connection_limit', help: 'The most connections of the pool.', labelNames },
    () => [[POOL, poolMax]],
  )
  readGauge(
    registry,
    {
      name: 'db_client_connection_pending_requests',
      help: 'What waits for a connection.',
      labelNames,
    },
    () => [[POOL, waiting]],
  )
  readGauge(
    registry,
    {
      name: 'db_client_connection_count',
      help: 'Connections by what they do; those that are not open yet are idle.',
      labelNames: [...labelNames, 'db_client_connection_state'],
    },
    () => {
      const busy = Math.min(used, poolMax)
      return [
        [{ ...POOL, db_client_connection_state: 'used' }, busy],
        [{ ...POOL, db_client_connection_state: 'idle' }, poolMax - busy],
      ]
    },
  )
  const ofWork = (name: string, help: string, read: (work: Work) => number) =>
    readCounter(registry, { name, help, labelNames: ['kind', 'name'] }, () =>
      [...works.all()].map((work) => [{ kind: work.kind, name: work.name }, read(work)]),
    )
  ofWork('galley_db_statements_total', 'Statements, by whose they are.', (work) => work.statements)
  ofWork('galley_db_seconds_total', 'Their seconds.', (work) => work.seconds)

  return {
    statement(text) {
      const work = works.current()
      const operation = operationOf(text)
      return ({ ms, waitedMs, error }) => {
        const seconds = (ms - waitedMs) / 1000
        work.statements += 1
        work.seconds += seconds
        duration.observe(
          {
            db_system_name: 'postgresql',
            db_operation_name: operation,
            ...(error !== undefined && { error_type: classOf(error) }),
          },
          seconds,
        )
      }
    },
    connection() {
      let state: 'waiting' | 'used' | 'over' = 'waiting'
      waiting += 1
      return {
        got(waitedMs) {
          if (state !== 'waiting') return
          state = 'used'
          waiting -= 1
          used += 1
          wait.observe(POOL, waitedMs / 1000)
        },
        released() {
          if (state === 'waiting') waiting -= 1
          if (state === 'used') used -= 1
          state = 'over'
        },
      }
    },
  }
}

const operations = new Set(['delete', 'insert', 'merge', 'select', 'update', 'with'])

/** The first word of a statement, of those that queries begin with. */
function operationOf(text: string): string {
  const word = /^[\s(]*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? ''
  return operations.has(word) ? word.toUpperCase() : 'other'
}

/** The class of an SQLSTATE: two digits or letters of a closed set (PostgreSQL, appendix A); others are the connection's. */
function classOf(error: unknown): string {
  const { code }: { code?: unknown } = Object(error)
  const [, sqlClass] = /^([0-9A-Z]{2})[0-9A-Z]{3}$/.exec(String(code)) ?? []
  return sqlClass !== undefined && classes.has(sqlClass) ? sqlClass : 'connection'
}

const classes = new Set(
  '03 08 09 0A 0B 0F 0L 0P 0Z 20 21 22 23 24 25 26 27 28 2B 2D 2F 34 38 39 3B 3D 3F 40 42 44 53 54 55 57 58 F0 HV P0 XX'.split(
    ' ',
  ),
)
