import { setTimeout as sleep } from 'node:timers/promises'
import postgres, { type ISql, type Sql } from 'postgres'
import { MigrationError, type Migration } from './migrate-journal.ts'
import { LOCK_WAIT_MS, lockTables } from './migrate-locks.ts'

// Lock timeout, deadlock, and the statement timeout while tables are being locked.
const contention = new Set(['55P03', '40P01', '57014'])

/**
 * Applies migrations, all that stand side by side in one transaction, and again as long as running transactions stand in the
 * way, for `waitMs`; one that is in batches, or concurrent, by itself. Throws MigrationError naming the one that failed; then
 * nothing was changed, or nothing after the last one that stands by itself.
 */
export async function applyMigrations(sql: Sql, pending: Migration[], waitMs: number) {
  const [step] = await sql<{ at: string }[]>`select now()::text as at`
  const at = step?.at ?? ''
  let rest = pending
  while (rest.length > 0) {
    const next = rest.findIndex(({ batched, concurrent }) => batched || concurrent)
    const together = next === -1 ? rest : rest.slice(0, next)
    if (together.length > 0) await applyTogether(sql, together, { at, waitMs })
    const one = rest[together.length]
    if (one?.batched) await applyInBatches(sql, one, { at, waitMs })
    else if (one) await applyConcurrently(sql, one, { at, waitMs })
    rest = rest.slice(together.length + 1)
  }
}

/** When the step began that all of these belong to, and how long to wait for others. */
type Step = { at: string; waitMs: number }

async function applyTogether(sql: Sql, migrations: Migration[], { at, waitMs }: Step) {
  let current: Migration | undefined
  const apply = () =>
    sql.begin(async (tx) => {
      await lockTables(tx, migrations)
      await makeJournal(tx)
      for (const migration of migrations) {
        current = migration
        for (const statement of migration.statements) await tx.unsafe(statement)
        await record(tx, migration, at)
      }
    })
  try {
    await retryContention(apply, waitMs)
  } catch (cause) {
    const tag = current?.tag ?? migrations[0]?.tag
    throw new MigrationError(`${tag} failed, nothing was changed: ${reasonOf(cause, waitMs)}`, {
      cause,
    })
  }
}

/**
 * Its one statement again and again, each time a transaction of its own, which also writes down how far it is: `$1` is the `next`
 * that the time before returned, null at first and at the end. Locks rows only, for a moment. Cut off, it goes on from there.
 */
async function applyInBatches(sql: Sql, migration: Migration, { at, waitMs }: Step) {
  const { statements, hash } = migration
  await alone(migration, waitMs, async () => {
    await makeJournal(sql)
    const [reached] = await sql<{ next: string }[]>`
      select next from drizzle.migration_progress where hash = ${hash}`
    let next = reached?.next ?? null
    const batch = () =>
      sql.begin(async (tx) => {
        const [row] = await tx.unsafe<{ next: string | null }[]>(statements[0] ?? '', [next])
        const following = row?.next ?? null
        if (following === null) await record(tx, migration, at)
        else await writeProgress(tx, hash, following)
        return following
      })
    do next = await retryContention(batch, waitMs)
    while (next !== null)
  })
}

/**
 * Each statement by itself, outside of a transaction: what indexes a table or looks through it while it is written. It waits for
 * the transactions of others, and holds nobody up meanwhile. An index that was cut off is there, not valid, and made again.
 */
async function applyConcurrently(sql: Sql, migration: Migration, { at, waitMs }: Step) {
  await alone(migration, waitMs, async () => {
    await makeJournal(sql)
    await sql`select set_config('lock_timeout', ${`${waitMs}ms`}, false)`
    for (const statement of migration.statements) {
      const apply = async () => {
        // Each time: a try that was cut off leaves one too, which `if not exists` would take for the index.
        await dropCutOff(sql, statement)
        await sql.unsafe(statement)
      }
      await retryContention(apply, waitMs)
    }
    await sql`select set_config('lock_timeout', ${`${LOCK_WAIT_MS}ms`}, false)`
    const [invalid] = await invalidIndexes(sql, migration.statements.join(' '))
    if (invalid) throw new Error(`the index ${invalid.name} is not valid`)
    await record(sql, migration, at)
  })
}

async function dropCutOff(sql: Sql, statement: string) {
  for (const { name } of await invalidIndexes(sql, statement)) {
    await sql`drop index concurrently if exists ${sql(name)}`
  }
}

/** Those whose names are words of `text`. */
const invalidIndexes = (sql: Sql, text: string) => sql<{ name: string }[]>`
  select relname as name from pg_index join pg_class on pg_class.oid = indexrelid
  where not indisvalid and relname = any(${text.match(/\w+/g) ?? []})`

async function alone({ tag }: Migration, waitMs: number, work: () => Promise<void>) {
  try {
    await work()
  } catch (cause) {
    throw new MigrationError(
      `${tag} failed half-way, and goes on when the database is migrated again: ${reasonOf(cause, waitMs)}`,
      { cause },
    )
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
async function makeJournal(tx: ISql) {
  await tx`create schema if not exists drizzle`
  await tx`create table if not exists drizzle.__drizzle_migrations (
    id serial primary key, hash text not null, created_at bigint)`
  await tx`alter table drizzle.__drizzle_migrations
    add column if not exists compatible boolean not null default false,
    add column if not exists applied_at timestamptz`
  await tx`create table if not exists drizzle.migration_progress (
    hash text primary key, next text not null)`
}

/** How far a migration in batches is that was not done in one go. */
async function writeProgress(tx: ISql, hash: string, next: string) {
  await tx`insert into drizzle.migration_progress (hash, next) values (${hash}, ${next})
    on conflict (hash) do update set next = excluded.next`
}

async function record(tx: ISql, { hash, when, compatible }: Migration, at: string) {
  await tx`delete from drizzle.migration_progress where hash = ${hash}`
  await tx`insert into drizzle.__drizzle_migrations (hash, created_at, compatible, applied_at)
    values (${hash}, ${when}, ${compatible}, ${at}::timestamptz)`
}

function reasonOf(cause: unknown, waitMs: number): string {
  if (isContention(cause)) {
    return `other transactions held its tables for ${waitMs / 1000} s (a report, a backup, a vacuum). Try again when they are done.`
  }
  return cause instanceof Error ? cause.message : String(cause)
}
