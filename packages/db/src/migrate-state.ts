import type { Sql } from 'postgres'
import { MigrationError } from './migrate-error.ts'
import type { Migration } from './migrate-journal.ts'

interface Applied {
  hash: string
  when: number
}

/** The migrations that the database still lacks. Throws MigrationError unless what it has is how the journal begins. */
export async function pendingMigrations(sql: Sql, journal: Migration[]): Promise<Migration[]> {
  const applied = await appliedMigrations(sql)
  applied.forEach((row, index) => {
    const expected = journal[index]
    if (row.hash !== expected?.hash) throw new MigrationError(explain(row, expected, journal))
  })
  return journal.slice(applied.length)
}

async function appliedMigrations(sql: Sql): Promise<Applied[]> {
  const [found] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`
  if (found?.name === null) return []
  const rows = await sql<{ hash: string; created_at: string }[]>`
    select hash, created_at from drizzle.__drizzle_migrations order by created_at, id`
  return rows.map(({ hash, created_at }) => ({ hash, when: Number(created_at) }))
}

function explain(row: Applied, expected: Migration | undefined, journal: Migration[]): string {
  const known = journal.find(({ when }) => when === row.when)
  if (!known) {
    return `The database has a migration of ${new Date(row.when).toISOString()} that this version does not know: it was migrated by a newer version. Update Galley, or restore a backup.`
  }
  if (known.hash !== row.hash) {
    return `Migration ${known.tag} was changed after it had been applied. Put the file back as it was, and make the change in a new migration.`
  }
  return `Migration ${expected?.tag} was skipped: ${known.tag}, which comes after it, is applied already. Generate it again, so that it comes last.`
}
