import { fileURLToPath } from 'node:url'
import postgres, { type Sql } from 'postgres'
import { applyMigrations } from './migrate-apply.ts'
import { type Migration, MigrationError, readJournal } from './migrate-journal.ts'
import { LOCK_WAIT_MS, takeTurn } from './migrate-locks.ts'
import { pendingMigrations, requireSupportedVersion } from './migrate-state.ts'
import { isRestoreUnfinished, UNFINISHED_RESTORE } from './unfinished-restore.ts'

export { MigrationError } from './migrate-journal.ts'

interface Options {
  /** Galley's own when left out. */
  migrationsFolder?: string
  /** How long to wait for another process that is migrating, and for transactions in the way: 60,000 each. */
  lockWaitMs?: number
  /** The role that owns what is made: the caller's own unless named. The caller must be a member of it. */
  role?: string
  /** How many migrations the database is to have: all unless set. */
  count?: number
}

// Any number will do that nothing else in the database locks.
const ADVISORY_LOCK = 7_305_841_221

const ownFolder = fileURLToPath(new URL('../migrations', import.meta.url))

/**
 * Brings the database up to this version while servers write, in one transaction but for what changes many rows; two at once
 * run one after the other. Throws MigrationError when the folder is not in order, the database is newer than the code (but see
 * `checkMigrations`), its PostgreSQL is one that Galley does not run on, or a migration fails (`applyMigrations`).
 */
export async function migrate(url: string, options: Options = {}): Promise<{ applied: number }> {
  const { migrationsFolder = ownFolder, lockWaitMs = 60_000, role, count } = options
  const journal = readJournal(migrationsFolder).slice(0, count)
  return connected(url, async (sql) => {
    if (!(await takeTurn(sql, ADVISORY_LOCK, lockWaitMs))) {
      throw new MigrationError(
        `Another process has been migrating the database for ${lockWaitMs / 1000} s. Try again when it is done.`,
      )
    }
    if (role) await sql`select set_config('role', ${role}, false)`
    const pending = await pendingMigrations(sql, journal)
    if (pending.length > 0) await applyMigrations(sql, pending, lockWaitMs)
    return { applied: pending.length }
  })
}

/** Throws MigrationError where a restore into the database has begun and not ended: its tables may be empty. */
export const requireRestored = (url: string): Promise<void> => connected(url, refuseUnrestored)

async function refuseUnrestored(sql: Sql) {
  if (await isRestoreUnfinished(sql)) throw new MigrationError(UNFINISHED_RESTORE)
}

/**
 * Throws MigrationError unless the database has the migrations of this version, and of newer ones at most those of one step that are
 * marked compatible: a deployment can be taken back; and where a restore was cut off. Changes nothing.
 */
export async function checkMigrations(
  url: string,
  { migrationsFolder = ownFolder }: Pick<Options, 'migrationsFolder'> = {},
): Promise<void> {
  const journal = readJournal(migrationsFolder)
  const pending = await connected(url, async (sql) => {
    await refuseUnrestored(sql)
    return pendingMigrations(sql, journal)
  })
  if (pending.length === 0) return
  throw new MigrationError(
    `The database lacks ${pending.length} of ${journal.length} migrations, from ${pending[0]?.tag} on. Migrate it first.`,
  )
}

/** This version's migrations in their order. Two may be of the same text, and so of the same hash. */
export const ownMigrations = (): Pick<Migration, 'hash' | 'tag'>[] => readJournal(ownFolder)

async function connected<Result>(url: string, work: (sql: Sql) => Promise<Result>) {
  const sql = postgres(url, {
    max: 1,
    // The lock belongs to the connection.
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
    // An index over a large table may take its time; waiting for a lock keeps everybody else waiting.
    connection: {
      application_name: 'galley migrate',
      options: `-c statement_timeout=0 -c lock_timeout=${LOCK_WAIT_MS}ms`,
    },
  })
  try {
    await requireSupportedVersion(sql)
    // What a killed process began must not run on with its locks. Not every platform's server can look for that.
    await sql`select set_config('client_connection_check_interval', '1s', false)`.catch(() => {})
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
