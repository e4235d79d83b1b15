import type { Sql } from 'postgres'
import { MigrationError } from './migrate-error.ts'

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
