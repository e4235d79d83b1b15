import { BootError } from '../boot-error.ts'
import { withTls } from './addresses.ts'
import { DatabaseUrl, DatabaseUrlList } from './secrets.ts'
import { int } from './numbers.ts'

/** The database, the standbys of it that are read, and the connections to them. */
export const databaseVariables = {
  DATABASE_URL: DatabaseUrl.describe(
    'The PostgreSQL database, postgres://user:password@host:5432/name. In production with TLS unless it is on this machine: ?sslmode=verify-full also checks the certificate, ?sslmode=disable goes without. pnpm dev starts one when this is not set.',
  ),
  DATABASE_REPLICA_URLS: DatabaseUrlList.default([]).describe(
    'Standbys of that database, separated by commas, with the same role: what everybody may read is read there while they are near enough, by DATABASE_POOL_MAX connections and one more to each.',
  ),
  DATABASE_REPLICA_MAX_LAG_MS: int(100, 60_000)
    .default(5000)
    .describe(
      'How far a standby may be behind to be read from, in milliseconds. People always see what they wrote.',
    ),
  DATABASE_DIRECT_URL: DatabaseUrl.optional().describe(
    'The same database and role past a pool such as PgBouncer, where DATABASE_URL leads through one: for notifications, jobs and checks, which need connections of their own.',
  ),
  MIGRATION_DATABASE_URL: DatabaseUrl.optional().describe(
    'For pnpm migrate, pnpm galley restore and pnpm dev: the same database with a role that may create roles and tables. The server needs no such rights.',
  ),
  DATABASE_POOL_MAX: int(1, 500)
    .optional()
    .describe(
      'The most connections that one process opens to the database. Twice the cores and one, from 5 to 10: more of them take the cores from each other.',
    ),
  SLOW_STATEMENT_MS: int(1, 60_000)
    .optional()
    .describe(
      'Statements that take longer are logged, without their values, and with what names their plan. None when it is not set.',
    ),
}

type DatabaseAddresses = {
  DATABASE_URL: string
  DATABASE_DIRECT_URL?: string | undefined
  MIGRATION_DATABASE_URL?: string | undefined
  DATABASE_REPLICA_URLS: string[]
}

/** Each address of a database by `withTls`; once, since that takes out what says that there is to be none. */
export const databasesWithTls = <Env extends DatabaseAddresses>(env: Env): Env => ({
  ...env,
  DATABASE_URL: withTls(env.DATABASE_URL),
  DATABASE_DIRECT_URL: env.DATABASE_DIRECT_URL && withTls(env.DATABASE_DIRECT_URL),
  MIGRATION_DATABASE_URL: env.MIGRATION_DATABASE_URL && withTls(env.MIGRATION_DATABASE_URL),
  DATABASE_REPLICA_URLS: env.DATABASE_REPLICA_URLS.map(withTls),
})

/** What `pnpm migrate` needs, and a restore, which does the same in the end. Throws BootError without the operator's address. */
export function preparationOf(env: DatabaseAddresses) {
  const { DATABASE_URL, DATABASE_DIRECT_URL, MIGRATION_DATABASE_URL } = env
  if (!MIGRATION_DATABASE_URL) throw new BootError('MIGRATION_DATABASE_URL is missing.')
  return {
    migrationUrl: MIGRATION_DATABASE_URL,
    appUrl: DATABASE_URL,
    isPooled: DATABASE_DIRECT_URL !== undefined,
  }
}
