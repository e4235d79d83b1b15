import { ownMigrations } from '@galley/db/migrate'
import { prepareDatabase } from '@galley/db/prepare'
import {
  isRestoreUnfinished,
  markRestore,
  UNFINISHED_RESTORE,
  unmarkRestore,
} from '@galley/db/unfinished-restore'
import {
  BackupError,
  type BackupSettings,
  type CheckedBackup,
  type RestoreInto,
} from './backups.ts'
import { checkBackup, summaryOf } from './check.ts'
import { restoreObjects } from './files.ts'
import { connected, loadTables, requireRows } from './load.ts'
import type { Manifest } from './manifest.ts'
import { readPart, type Part, type Place } from './part.ts'
import { findProgram, runRestore } from './pg-programs.ts'
import { SCHEMAS } from './snapshot.ts'

/**
 * Everything is checked before anything is written, then files come before the rows that name them. The rows come in one
 * transaction; then roles, rights and newer migrations as by `pnpm migrate`. From its first table on until then the database has a mark,
 * with which no server starts.
 */
export async function restoreBackup(
  { key, storage }: BackupSettings,
  folder: string,
  into: RestoreInto,
): Promise<CheckedBackup> {
  const place = { folder, key }
  const { migrationUrl } = into
  await requireEmpty(migrationUrl)
  const manifest = await checkBackup(place)
  requireKnown(manifest)
  if (manifest.files) await restoreObjects(place, manifest.files.index, storage)
  await connected(migrationUrl, markRestore)
  if (manifest.dump) await restoreDump(migrationUrl, place, manifest, manifest.dump)
  else {
    await prepareDatabase({ ...into, count: manifest.migrations.length })
    await loadTables(migrationUrl, place, manifest)
  }
  await prepareDatabase(into)
  await connected(migrationUrl, unmarkRestore)
  return summaryOf(folder, manifest)
}

async function restoreDump(url: string, place: Place, manifest: Manifest, dump: Part) {
  const major = Math.floor(manifest.postgres / 10_000)
  const program = findProgram('pg_restore', major)
  if (program === undefined) {
    throw new BackupError(`The backup needs pg_restore ${major} or newer, which is not installed.`)
  }
  await runRestore(program, url, readPart(place, dump))
  await connected(url, async (sql) => {
    for (const table of manifest.tables) {
      const { schema, name } = table
      const [row] = await sql`select count(*)::float8 as rows from ${sql(schema)}.${sql(name)}`
      requireRows(table, Number(row?.['rows']))
    }
    await sql.unsafe('analyze')
  })
}

/** Nothing is ever overwritten: a database with tables of Galley may be the one that matters. */
async function requireEmpty(url: string): Promise<void> {
  const { found, isUnfinished } = await connected(url, async (sql) => {
    const [found] = await sql<{ name: string; tables: number }[]>`
      select current_database() as name, count(*)::int as tables
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where nspname = any(${SCHEMAS}) and relkind in ('r', 'p')
        and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')`
    return { found, isUnfinished: await isRestoreUnfinished(sql) }
  })
  // One that was cut off before its first table is begun again.
  if (found?.tables === 0) return
  if (isUnfinished) throw new BackupError(UNFINISHED_RESTORE)
  throw new BackupError(
    `The database ${found?.name} is not empty: it has ${found?.tables} tables. Make an empty one, and let MIGRATION_DATABASE_URL and DATABASE_URL name it.`,
  )
}

/** Its migrations must be how those of this version begin. */
function requireKnown({ migrations, version, migration }: Manifest): void {
  const own = ownMigrations()
  if (migrations.every((hash, index) => own[index]?.hash === hash)) return
  throw new BackupError(
    `The backup is of a newer version of Galley (${version}, ${migration}): restore it with that one.`,
  )
}
