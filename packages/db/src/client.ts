import net from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PgDatabase } from 'drizzle-orm/pg-core'
import {
  drizzle,
  type PostgresJsDatabase,
  type PostgresJsQueryResultHKT,
} from 'drizzle-orm/postgres-js'
import postgres, { type Sql } from 'postgres'
import { metered, type DatabaseMeter } from './metered.ts'
import * as schema from './schema/index.ts'
import { sessionSettings, STATEMENT_TIMEOUT_MS } from './session-settings.ts'

export type Db = PostgresJsDatabase<typeof schema>

export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

/** What a query can be sent through: the database or a transaction. */
export type Queryable = PgDatabase<PostgresJsQueryResultHKT, typeof schema>

/** A pool of connections to one database. */
export interface Database extends AsyncDisposable {
  readonly db: Db
  readonly sql: Sql
  /** Throws unless the database responds within the time. */
  readonly ping: (timeoutMs: number) => Promise<void>
  /**
   * Calls `heard` at each notification on the channel, on a connection of its own, which is opened again when it is lost;
   * what was sent meanwhile is lost, and `connected` is called. Resolves to what ends it.
   */
  readonly listen: (
    channel: string,
    heard: (payload: string) => void,
    connected?: () => void,
  ) => Promise<() => Promise<void>>
  /** Lets running queries finish for so long (5 s), then cuts them off. Returns within that time, whatever the database does. */
  readonly close: (timeoutSeconds?: number) => Promise<void>
}

interface Options {
  /** Most connections at once: 10. */
  max?: number
  /** As shown in `pg_stat_activity`. */
  applicationName?: string
  /** Called with every statement that Drizzle sends, without its values. */
  onQuery?: (statement: string) => void
  /** Hears how long what is sent through `db` waits and takes. */
  meter?: DatabaseMeter | undefined
  /** The server ends a statement after so long: 5,000. 0 is no limit. */
  statementTimeoutMs?: number
  /**
   * A connection on which nothing was heard for so long is cut, also an idle one: 3,000 more than a statement may take.
   * 0 never cuts.
   */
  silenceTimeoutMs?: number
  /**
   * The same database past a pool that `url` leads through: notifications are heard there. The settings of connections are then those
   * of the role (`prepareDatabase`), since a pool takes none.
   */
  directUrl?: string | undefined
}

/**
 * Connects on first use. No query waits for ever: the server limits statements (`statementTimeoutMs`), lock waits (3 s) and idle
 * transactions (10 s), and we cut a connection to a server that fell silent (`silenceTimeoutMs`). Connections are renewed after
 * 30 to 60 min, the driver's default.
 */
export function createDb(url: string, options: Options = {}): Database {
  const {
    max = 10,
    applicationName = 'galley',
    statementTimeoutMs = STATEMENT_TIMEOUT_MS,
  } = options
  const { onQuery, meter, directUrl } = options
  const { silenceTimeoutMs = statementTimeoutMs === 0 ? 0 : statementTimeoutMs + 3_000 } = options
  // Documented by the driver, missing in its types.
  const silence = { socket: socketCutAfter(silenceTimeoutMs) }
  const sql = postgres(url, {
    max,
    connect_timeout: 5,
    idle_timeout: 5, // before it counts as silent
    backoff: reconnectDelaySeconds,
    onnotice: () => {},
    connection: {
      application_name: applicationName,
      ...(directUrl === undefined && sessionSettings(statementTimeoutMs)),
    },
    ...silence,
  })
  const client = meter ? metered(sql, meter) : sql
  const db = drizzle(client, { schema, ...(onQuery && { logger: { logQuery: onQuery } }) })
  const { listen, end } = createListener(directUrl ?? url, applicationName)
  const close = async (timeoutSeconds = 5) => {
    await Promise.all([sql.end({ timeout: timeoutSeconds }), end()])
  }
  return { db, sql, ping: pinger(sql), listen, close, [Symbol.asyncDispose]: () => close() }
}

/** Nothing is heard on its connection for hours, so silence does not cut it. */
function createListener(url: string, applicationName: string) {
  const listener = postgres(url, {
    max: 1,
    connect_timeout: 5,
    backoff: reconnectDelaySeconds,
    onnotice: () => {},
    connection: { application_name: `${applicationName}-listener` },
  })
  const listen: Database['listen'] = async (channel, heard, connected) => {
    const { unlisten } = await listener.listen(channel, heard, connected)
    return unlisten
  }
  return { listen, end: () => listener.end({ timeout: 1 }) }
}

// The driver's own delay grows to 20 s. A statement that is sent meanwhile waits for it, only to hear that there is no database.
function reconnectDelaySeconds(failures: number): number {
  return failures === 0 ? 0 : Math.min(0.02 * 2 ** failures, 0.1) * (0.5 + Math.random() / 2)
}

type Address = Pick<postgres.ParsedOptions, 'path'> & { host: string[]; port: number[] }

/** A server that is gone without a word leaves its connections open: statement timeouts are the server's own. */
function socketCutAfter(silenceMs: number) {
  return ({ path, host: [host], port: [port] }: Address) => {
    const socket = path ? net.connect(path) : net.connect(port ?? 5432, host)
    const watch = () => socket.setTimeout(silenceMs, () => socket.destroy())
    watch()
    // The driver takes all listeners off again after the first reply, when it turns to TLS.
    socket.once('data', () => setImmediate(watch))
    return Object.assign(socket, { host, port })
  }
}

/** Probes share one query: on a database that hangs they must not fill the pool's queue. */
function pinger(sql: Sql): (timeoutMs: number) => Promise<void> {
  let probe: Promise<unknown> | undefined
  return async (timeoutMs) => {
    probe ??= sql`select 1`.finally(() => (probe = undefined))
    const timer = new AbortController()
    const late = sleep(timeoutMs, undefined, { signal: timer.signal }).then(() => {
      throw new Error(`The database did not respond within ${timeoutMs} ms`)
    })
    try {
      await Promise.race([probe, late])
    } finally {
      timer.abort()
    }
  }
}
