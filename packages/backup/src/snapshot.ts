import { ownMigrations } from '@galley/db/migrate'
import postgres, { type ReservedSql } from 'postgres'
import { BackupError } from './backups.ts'

export type Snapshot = {
  sql: ReservedSql
  /** For other programs that are to read the same moment. */
  id: string
  takenAt: string
  postgres: number
  migration: string
  migrations: string[]
  tables: TableOf[]
}

export type TableOf = {
  schema: string
  name: string
  columns: string[]
  /** `copy ... to stdout`: a partitioned table as one. */
  copyOut: string
}

/** Where everything of Galley is. */
export const SCHEMAS = ['drizzle', 'pgboss', 'public']

/** As another server reads it, whatever this one's settings are. */
export const TEXT_SETTINGS = `set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set extra_float_digits = 1;
  set statement_timeout = 0; set lock_timeout = '10s'; set idle_in_transaction_session_timeout = 0`

/**
 * Does `work` in one read-only transaction, which sees one moment of the database however long it takes; migrations wait
 * meanwhile, writers do not. Ends the connection whatever runs on it.
 */
export async function withSnapshot<Result>(
  url: string,
  signal: AbortSignal | undefined,
  work: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> {
  const pool = openConnection(url, 'galley backup')
  const end = () => pool.end({ timeout: 0 })
  signal?.addEventListener('abort', () => void end(), { once: true })
  try {
    const sql = await pool.reserve()
    await sql.unsafe(TEXT_SETTINGS)
    await sql.unsafe('begin isolation level repeatable read, read only')
    return await work(await begin(sql))
  } catch (error) {
    throw signal?.aborted ? signal.reason : error
  } finally {
    await end()
  }
}

async function begin(sql: ReservedSql): Promise<Snapshot> {
  const [moment] = await sql<{ id: string; at: Date; postgres: number; migrated: boolean }[]>`
    select pg_export_snapshot() as id, now() as at, current_setting('server_version_num')::int as postgres,
      to_regclass('drizzle.__drizzle_migrations') is not null as migrated`
  if (!moment?.migrated) throw new BackupError('The database has no tables of Galley.')
  const tables = await sql<TableOf[]>`
    with found as (
      select nspname as schema, relname as name, relkind,
        array(select attname::text from pg_attribute
          where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = ''
          order by attnum) as columns
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where nspname = any(${SCHEMAS}) and relkind in ('r', 'p') and not relispartition
        and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
    ), named as (
      select *, (select string_agg(quote_ident(name), ', ' order by at)
        from unnest(columns) with ordinality as c(name, at)) as list
      from found
    )
    select schema, name, columns,
      case relkind when 'r' then format('copy %I.%I (%s) to stdout', schema, name, list)
        else format('copy (select %s from %I.%I) to stdout', list, schema, name) end as "copyOut"
    from named order by schema, name`
  const list = tables.map(({ schema, name }) => sql`${sql(schema)}.${sql(name)}`)
  await sql`lock table ${list.flatMap((table, index) => (index === 0 ? table : [sql`, `, table]))} in access share mode`
  const migrations = await sql<{ hash: string }[]>`
    select hash from drizzle.__drizzle_migrations order by created_at, id`
  const hashes = migrations.map(({ hash }) => hash)
  const last = ownMigrations()[hashes.length - 1]
  return {
    sql,
    id: moment.id,
    takenAt: moment.at.toISOString(),
    postgres: moment.postgres,
    migration: last && last.hash === hashes.at(-1) ? last.tag : 'of a newer version',
    migrations: hashes,
    tables: [...tables],
  }
}

/** One connection, which lives as long as its work. */
export const openConnection = (url: string, applicationName: string) =>
  postgres(url, {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: applicationName },
  })
