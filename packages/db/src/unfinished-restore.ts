import type { Sql } from 'postgres'

/** An empty schema: it is there from before a restore makes its first table until all of it is done. */
const MARK = 'galley_restore'

/** What is said of a database that a restore has not finished. */
export const UNFINISHED_RESTORE =
  'A restore into the database is under way, or was cut off, and what it left is not the whole of a backup. Make another empty database, and restore into that.'

/** Whether a restore into the database has begun, and not ended. */
export async function isRestoreUnfinished(sql: Sql): Promise<boolean> {
  const [row] = await sql<
    { found: boolean }[]
  >`select to_regnamespace(${MARK}) is not null as found`
  return row?.found === true
}

export const markRestore = (sql: Sql) => sql`create schema if not exists ${sql(MARK)}`

export const unmarkRestore = (sql: Sql) => sql`drop schema ${sql(MARK)}`
