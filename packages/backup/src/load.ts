import { pipeline } from 'node:stream/promises'
import type { ReservedSql } from 'postgres'
import { BackupError } from './backups.ts'
import type { Manifest, Table } from './manifest.ts'
import { countRows, readPart, type Place } from './part.ts'
import { openConnection, SCHEMAS, TEXT_SETTINGS } from './snapshot.ts'

/** Does `work` on one connection of its own. */
export async function connected<Result>(
  url: string,
  work: (sql: ReservedSql) => Promise<Result>,
): Promise<Result> {
  const pool = openConnection(url, 'galley restore')
  try {
    const sql = await pool.reserve()
    await sql.unsafe(TEXT_SETTINGS)
    return await work(sql)
  } finally {
    await pool.end({ timeout: 0 })
  }
}

/**
 * Fills the tables that the migrations of the backup have made, in one transaction: all of them or none. Triggers rest, since what
 * they would write is in the backup too; indexes and foreign keys are made of the whole.
 */
export async function loadTables(url: string, place: Place, { tables }: Manifest): Promise<void> {
  await connected(url, async (sql) => {
    await sql.unsafe('begin')
    const [owner] = await sql<{ name: string }[]>`
      select relowner::regrole::text as name from pg_class where oid = 'drizzle.__drizzle_migrations'::regclass`
    await sql.unsafe(`set local role ${owner?.name ?? ''}`)
    const { before, after } = await around(sql)
    for (const statement of before) await sql.unsafe(statement)
    for (const table of tables) await copyIn(sql, place, table)
    for (const statement of after) await sql.unsafe(statement)
    await sql.unsafe('commit')
    await sql.unsafe('analyze')
  })
}

async function copyIn(sql: ReservedSql, place: Place, table: Table): Promise<void> {
  const { schema, name, columns, part } = table
  if (!part) return requireRows(table, 0)
  const target = sql`copy ${sql(schema)}.${sql(name)} (${sql(columns)}) from stdin`
  const rows = countRows()
  await pipeline(readPart(place, part), rows.of, await target.writable())
  requireRows(table, rows.count())
}

export function requireRows({ schema, name, rows }: Table, found: number): void {
  if (found === rows) return
  throw new BackupError(`${schema}.${name} has ${found} rows; the manifest says ${rows}.`)
}

/** What is done before and after the rows come: taken from the database, in the order in which it must happen. */
async function around(sql: ReservedSql) {
  const rows = await sql<{ step: number; before: string | null; after: string | null }[]>`
    with tables as (
      select pg_class.oid, relkind from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where nspname = any(${SCHEMAS}) and relkind in ('r', 'p') and not relispartition
    )
    select 1 as step, format('alter table %s disable trigger user', oid::regclass) as before,
      format('alter table %s enable trigger user', oid::regclass) as after from tables
    union all
    select 2, format('alter table %s drop constraint %I', conrelid::regclass, conname),
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(pg_constraint.oid))
    from pg_constraint join tables on tables.oid = conrelid where contype = 'f' and conparentid = 0
    union all
    select 3, format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    from pg_index join tables on tables.oid = indrelid
    where relkind = 'r' and not exists (select from pg_constraint where conindid = indexrelid)
    union all
    select 4, 'truncate ' || string_agg(oid::regclass::text, ', '), null from tables
    union all
    select 5, null, format('select setval(%L, coalesce((select max(%I) from %s), 0) + 1, false)',
      pg_depend.objid::regclass, attname, refobjid::regclass)
    from pg_depend join tables on tables.oid = refobjid
      join pg_class sequence on sequence.oid = objid and sequence.relkind = 'S'
      join pg_attribute on attrelid = refobjid and attnum = refobjsubid
    where deptype in ('a', 'i')
    order by step`
  const present = (statement: string | null) => statement !== null
  return {
    before: rows.map(({ before }) => before).filter(present),
    after: rows
      .map(({ after }) => after)
      .filter(present)
      .toReversed(),
  }
}
