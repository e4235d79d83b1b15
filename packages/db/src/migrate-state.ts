import type { Sql } from 'postgres'
import { type Migration, MigrationError } from './migrate-journal.ts'

interface Applied {
  hash: string
  when: number
  compatible: boolean
  /** When the run of `migrate` began that applied it; null before that was kept. */
  step: string | null
}

/**
 * The migrations that the database still lacks. Throws MigrationError unless what it has is how the journal begins, or the whole of
 * it and then one newer step that is marked compatible.
 */
export async function pendingMigrations(sql: Sql, journal: Migration[]): Promise<Migration[]> {
  const applied = await appliedMigrations(sql)
  applied.slice(0, journal.length).forEach((row, index) => {
    const expected = journal[index]
    if (row.hash !== expected?.hash) throw new MigrationError(explain(row, expected, journal))
  })
  refuseUnlessCompatible(applied.slice(journal.length))
  return journal.slice(applied.length)
}

async function appliedMigrations(sql: Sql): Promise<Applied[]> {
  const [found] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`
  if (found?.name === null) return []
  // A database that an earlier version migrated lacks the last two columns.
  const rows = await sql<{ hash: string; created_at: string; row: Partial<Marks> }[]>`
    select hash, created_at, to_jsonb(applied) as row
    from drizzle.__drizzle_migrations applied order by created_at, id`
  return rows.map(({ hash, created_at, row }) => ({
    hash,
    when: Number(created_at),
    compatible: row.compatible ?? false,
    step: row.applied_at ?? null,
  }))
}

interface Marks {
  compatible: boolean
  applied_at: string | null
}

function refuseUnlessCompatible(newer: Applied[]) {
  const breaking = newer.find(({ compatible }) => !compatible)
  if (breaking) throw new MigrationError(tooNew(breaking))
  if (new Set(newer.map(({ step }) => step)).size > 1) {
    throw new MigrationError(
      'The database was migrated by a newer version, and again by one newer than that: only one step can be taken back. Update Galley, or restore a backup.',
    )
  }
}

const tooNew = ({ when }: Applied) =>
  `The database has a migration of ${new Date(when).toISOString()} that this version does not know: it was migrated by a newer version. Update Galley, or restore a backup.`

function explain(row: Applied, expected: Migration | undefined, journal: Migration[]): string {
  const known = journal.find(({ when }) => when === row.when)
  if (!known) return tooNew(row)
  if (known.hash !== row.hash) {
    return `Migration ${known.tag} was changed after it had been applied. Put the file back as it was, and make the change in a new migration.`
  }
  return `Migration ${expected?.tag} was skipped: ${known.tag}, which comes after it, is applied already. Generate it again, so that it comes last.`
}

/** The major versions of PostgreSQL that the tests run on, first and last. */
const OLDEST = 15
const NEWEST = 18

/** The server's version as one number, `150018`. Throws MigrationError where it is one that Galley does not run on. */
export async function requireSupportedVersion(sql: Sql): Promise<number> {
  const [row] = await sql`select current_setting('server_version_num')::int as version`
  const version = Number(row?.version)
  const major = Math.floor(version / 10_000)
  if (major >= OLDEST && major <= NEWEST) return version
  throw new MigrationError(
    `The database is PostgreSQL ${major}.${version % 10_000}; Galley needs ${OLDEST} to ${NEWEST}.`,
  )
}
