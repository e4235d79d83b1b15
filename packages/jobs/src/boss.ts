import type { Queryable } from '@galley/db/client'
import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss, type ConstructorOptions } from 'pg-boss'

/** How soon the jobs of a worker that died are seen: its heart stopped for 10 s, looked for every 5 s. */
const WATCH_SECONDS = 5

const QUERY_TIMEOUT_MS = 20_000

/** The role may bring limits that are meant for requests. */
const WITHOUT_LIMITS = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']
  .map((name) => `-c ${name}=0`)
  .join(' ')

/**
 * pg-boss without its DDL: the migrations made its schema, and the role of the server may not change it. Switched off
 * are migrations, rebuilding of indexes and stored statistics, whose table is partitioned by day.
 */
const withoutDdl = {
  migrate: false,
  createSchema: false,
  reindex: false,
  persistQueueStats: false,
  persistWarnings: false,
  registerInstance: false,
  // Ours, in `attempt.ts`: its own keep the messages of errors.
  openTelemetry: { enabled: false },
} satisfies Partial<ConstructorOptions>

/** How pg-boss takes part in a transaction. */
export const inTransaction = (tx: Queryable) => ({ db: fromDrizzle(tx, sql) })

/** Leaves jobs: the statements run in the callers' transactions, its one connection only looks queues up. */
export const createSender = (url: string) =>
  createBoss(url, { max: 1, supervise: false, schedule: false })

/** Also runs them, watches over them and keeps the clock. */
export const createRunner = (url: string, max: number) =>
  createBoss(url, {
    max,
    useListenNotify: true,
    superviseIntervalSeconds: WATCH_SECONDS,
    monitorIntervalSeconds: WATCH_SECONDS,
  })

function createBoss(url: string, options: ConstructorOptions): PgBoss {
  // Known to the driver, missing in pg-boss's types: a server that fell silent must not hold a worker for ever.
  const driver = { query_timeout: QUERY_TIMEOUT_MS, keepAlive: true, options: WITHOUT_LIMITS }
  return new PgBoss({
    connectionString: sameTls(url),
    application_name: 'galley-jobs',
    connectionTimeoutMillis: 5_000,
    ...driver,
    ...withoutDdl,
    ...options,
  })
}

/** The `pg` driver reads `sslmode` more strictly than libpq and our other driver do, unless set otherwise. */
function sameTls(url: string) {
  const parsed = new URL(url)
  if (parsed.searchParams.has('sslmode')) parsed.searchParams.set('uselibpqcompat', 'true')
  return parsed.href
}
