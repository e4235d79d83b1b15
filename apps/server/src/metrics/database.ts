import type { DatabaseMeter } from '@galley/db/metered'
import type { Registry } from 'prom-client'
import { type Operations, serverLabels } from './operations.ts'
import type { Pools } from './pools.ts'
import { readCounter } from './readings.ts'
import type { Work, Works } from './work.ts'

/** A database that is asked: what it is to this site, and the most connections to it. */
export type DatabaseTarget = { url: string; role: 'primary' | 'standby'; poolMax: number }

type Options = { works: Works; operations: Operations; pools: Pools }

/** Measures statements by where they go, whose they are, and the pools of connections that they wait for. */
export function createDatabaseMeters(registry: Registry, { works, operations, pools }: Options) {
  const ofWork = (name: string, help: string, read: (work: Work) => number) =>
    readCounter(registry, { name, help, labelNames: ['kind', 'name'] }, () =>
      [...works.all()].map((work) => [{ kind: work.kind, name: work.name }, read(work)]),
    )
  ofWork('galley_db_statements_total', 'Statements, by whose they are.', (work) => work.statements)
  ofWork('galley_db_seconds_total', 'Their seconds.', (work) => work.seconds)

  return ({ url, role, poolMax }: DatabaseTarget): DatabaseMeter => {
    const of = {
      db_system_name: 'postgresql',
      galley_db_role: role,
      ...serverLabels(url, 5432),
    }
    return {
      statement(text) {
        const work = works.current()
        const db_operation_name = operationOf(text)
        return ({ ms, waitedMs, error }) => {
          work.statements += 1
          work.seconds += (ms - waitedMs) / 1000
          const error_type = error === undefined ? undefined : classOf(error)
          operations({ ...of, db_operation_name, error_type }, ms - waitedMs)
        }
      },
      connection: poolMeter(pools, poolName(url, role), poolMax),
    }
  }
}

/** Of several standbys each has its own. */
function poolName(url: string, role: DatabaseTarget['role']) {
  const { host } = new URL(url)
  return role === 'primary' ? 'galley-server' : `galley-replica ${host}`
}

function poolMeter(pools: Pools, name: string, limit: number): DatabaseMeter['connection'] {
  let used = 0
  let waiting = 0
  pools.add(() => [{ name, limit, used: Math.min(used, limit), waiting }])
  return () => {
    let state: 'waiting' | 'used' | 'over' = 'waiting'
    waiting += 1
    return {
      got(waitedMs) {
        if (state !== 'waiting') return
        state = 'used'
        waiting -= 1
        used += 1
        pools.waited(name, waitedMs)
      },
      released() {
        if (state === 'waiting') waiting -= 1
        if (state === 'used') used -= 1
        state = 'over'
      },
    }
  }
}

const operations = new Set(['delete', 'insert', 'merge', 'select', 'update', 'with'])

/** The first word of a statement, of those that queries begin with. */
function operationOf(text: string): string {
  const word = /^[\s(]*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? ''
  return operations.has(word) ? word.toUpperCase() : 'other'
}

/**
 * The class of an SQLSTATE: two digits or letters of a closed set (PostgreSQL, appendix A); others are the connection's. A statement
 * that was cut off, by a limit of time or by its caller, is of the class of a database that shuts down, and has a name of its own.
 */
function classOf(error: unknown): string {
  const { code }: { code?: unknown } = Object(error)
  if (code === QUERY_CANCELED) return 'timeout'
  const [, sqlClass] = /^([0-9A-Z]{2})[0-9A-Z]{3}$/.exec(String(code)) ?? []
  return sqlClass !== undefined && classes.has(sqlClass) ? sqlClass : 'connection'
}

const QUERY_CANCELED = '57014'

const classes = new Set(
  '03 08 09 0A 0B 0F 0L 0P 0Z 20 21 22 23 24 25 26 27 28 2B 2D 2F 34 38 39 3B 3D 3F 40 42 44 53 54 55 57 58 F0 HV P0 XX'.split(
    ' ',
  ),
)
