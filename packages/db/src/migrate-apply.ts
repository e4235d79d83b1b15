import { setTimeout as sleep } from 'node:timers/promises'
import postgres, { type Sql, type TransactionSql } from 'postgres'
import { MigrationError, type Migration } from './migrate-journal.ts'
import { lockTables } from './migrate-locks.ts'

// Lock timeout, deadlock, and the statement timeout while tables are being locked.
const contention = new Set(['55P03', '40P01', '57014'])

/**
 * Applies migrations in one transaction, and again as long as running transactions stand in the way, for `waitMs`. Throws
 * MigrationError naming the one that failed; then nothing was changed.
 */
export async function applyMigrations(sql: Sql, pending: Migration[], waitMs: number) {
  let current: Migration | undefined
  const apply = () =>
    sql.begin(async (tx) => {
      await lockTables(tx, pending)
      await makeJournal(tx)
      for (const migration of pending) {
        current = migration
        await applyOne(tx, migration)
      }
    })
  try {
    await retryContention(apply, waitMs)
  } catch (cause) {
    const tag = current?.tag ?? pending[0]?.tag
    throw new MigrationError(`${tag} failed, nothing was changed: ${reasonOf(cause, waitMs)}`, {
      cause,
    })
  }
}

/** Runs `work` until no other transaction stands in its way, or for `waitMs`; others get their turn in between. */
export async function retryContention<Result>(work: () => Promise<Result>, waitMs: number) {
  const giveUpAt = performance.now() + waitMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isContention(error) || performance.now() > giveUpAt) throw error
      await sleep(100 + Math.random() * 300)
    }
  }
}

function isContention(error: unknown): error is postgres.PostgresError {
  return error instanceof postgres.PostgresError && contention.has(error.code)
}

/** Drizzle's table, as drizzle-kit knows it, with what an older version must know of a newer one's migrations. */
async function makeJournal(tx: TransactionSql) {
  await tx`create schema if not exists drizzle`
  await tx`create table if not exists drizzle.__drizzle_migrations (
    id serial primary key, hash text not null, created_at bigint)`
  await tx`alter table drizzle.__drizzle_migrations
    add column if not exists compatible boolean not null default false,
    add column if not exists applied_at timestamptz`
}

async function applyOne(tx: TransactionSql, { statements, hash, when, compatible }: Migration) {
  for (const statement of statements) await tx.unsafe(statement)
  await tx`insert into drizzle.__drizzle_migrations (hash, created_at, compatible, applied_at)
    values (${hash}, ${when}, ${compatible}, now())`
}

function reasonOf(cause: unknown, waitMs: number): string {
  if (isContention(cause)) {
    return `other transactions held its tables for ${waitMs / 1000} s (a report, a backup, a vacuum). Try again when they are done.`
  }
  return cause instanceof Error ? cause.message : String(cause)
}
