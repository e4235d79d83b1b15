import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql, TransactionSql } from 'postgres'
import type { Migration } from './migrate-journal.ts'

/**
 * In which order the transactions of the services first touch what they change; other tables come last. A wrong place costs
 * a migration under writes further tries, never a write.
 */
const writersOrder = [
  'users',
  'sessions',
  'articles', // publishing
  'article_authors', // publishing
  'tags', // publishing
  'article_tags', // publishing
  'revisions', // publishing
  'comments', // publishing
  'favourites', // publishing
  'follows', // publishing
  'outbox',
  'audit_log',
]

/**
 * Shorter than PostgreSQL's `deadlock_timeout` of 1 s, after which it looks who must give way: a migration that waits across a
 * writer has given up by then, so that the victim is never the writer.
 */
export const LOCK_WAIT_MS = 500

/**
 * Waits for an advisory lock by asking again and again: one that waits in a statement would be waited for by what runs beside
 * writers, for ever. False where that took too long.
 */
export async function takeTurn(sql: Sql, key: number, waitMs = Infinity): Promise<boolean> {
  const giveUpAt = performance.now() + waitMs
  for (;;) {
    const [row] = await sql`select pg_try_advisory_lock(${key}) as taken`
    if (row?.taken === true) return true
    if (performance.now() > giveUpAt) return false
    await sleep(50)
  }
}

/** Takes all locks that the migrations will need before their first statement: every existing table that their text names. */
export async function lockTables(tx: TransactionSql, migrations: Migration[]) {
  const words = new Set(migrations.flatMap(({ statements }) => statements.join(' ').match(/\w+/g)))
  const tables = await tx<{ schema: string; name: string }[]>`
    select nspname as schema, relname as name
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname in ('public', 'pgboss') and relkind in ('r', 'p') and not relispartition
    order by array_position(${writersOrder}::text[], relname::text), relname`
  const named = tables.filter(({ name }) => words.has(name))
  if (named.length === 0) return
  const list = named.map(({ schema, name }) => tx`${tx(schema)}.${tx(name)}`)
  await tx`select set_config('statement_timeout', ${`${LOCK_WAIT_MS}ms`}, true)`
  await tx`lock table ${list.flatMap((table, index) => (index === 0 ? table : [tx`, `, table]))}`
  await tx`select set_config('statement_timeout', '0', true)`
}
