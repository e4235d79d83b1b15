import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { createDiskStorage } from '@galley/storage/disk'
import { createEmptyDatabase, createTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import type { BackupSettings, NamedObjects } from '../src/backups.ts'
import { createBackups } from '../src/create-backups.ts'

/** A database with some rows, two files in a storage, and a folder for backups. */
export async function createWorld() {
  const database = await createTestDatabase()
  const root = mkdtempSync(path.join(tmpdir(), 'galley-backup-'))
  const at = (...names: string[]) => path.join(root, ...names)
  const storage = createDiskStorage({ folder: at('media') })
  const settings: BackupSettings = {
    url: database.url,
    storage,
    objects,
    version: '0.1.0',
    folder: at('backups'),
    usePgDump: false,
  }
  const keys = await fill(database, storage)
  return {
    ...database,
    at,
    storage,
    keys,
    backups: (more: Partial<BackupSettings> = {}) => createBackups({ ...settings, ...more }),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

export type World = Awaited<ReturnType<typeof createWorld>>

/** The files of `createWorld`, by their rows. */
export const objects: NamedObjects = {
  query: `select storage_prefix as prefix from media order by id`,
  objectsOf: ({ prefix }) => [{ key: `media/${String(prefix)}/upload`, contentType: 'text/plain' }],
}

type Source = Pick<Awaited<ReturnType<typeof createTestDatabase>>, 'db' | 'sql' | 'asOperator'>

async function fill({ db, sql, asOperator }: Source, storage: BackupSettings['storage']) {
  const { id } = await insertUser(db, { displayName: 'Tab\tand\nline \\ "Ünï" \\N' })
  const prefixes = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')]
  for (const prefix of prefixes) {
    await sql`insert into media (id, owner_id, kind, mime, file_name, bytes, storage_prefix)
      values (gen_random_uuid(), ${id}, 'document', 'text/plain', 'a.txt', 3, ${prefix})`
    const body = Readable.from([`file ${prefix}`])
    await storage.put(`media/${prefix}/upload`, body, { contentType: 'text/plain' })
  }
  // A circle of foreign keys, rows in a partitioned table, bytes, arrays and nulls.
  await sql`update users set avatar_media_id = (select id from media limit 1)`
  await sql`insert into pgboss.queue (name, policy, retry_limit, retry_delay, retry_backoff, expire_seconds,
    retention_seconds, deletion_seconds, partition, table_name, run_bins)
    values ('a.job', 'standard', 1, 1, true, 60, 60, 60, false, 'job_common', '{1,2}')`
  await sql`insert into pgboss.job (name, data) select 'a.job', jsonb_build_object('n', n) from generate_series(1, 300) n`
  await sql`insert into audit_log (id, action, actor_kind, target_type, target_id, request_id, after)
    values (gen_random_uuid(), 'user.created', 'system', 'user', ${id}, 'r', '{"a": [1, null]}')`
  await asOperator(
    (operator) =>
      operator`update drizzle.__drizzle_migrations set applied_at = now() - interval '1 day'`,
  )
  return prefixes.map((prefix) => `media/${prefix}/upload`)
}

/** An empty database and storage to restore into. */
export async function createTarget(world: World) {
  const database = await createEmptyDatabase()
  const { adminUrl: migrationUrl, url: appUrl, ownerRole } = database
  const storage = createDiskStorage({ folder: world.at(`media-of-${path.basename(appUrl)}`) })
  return { ...database, storage, into: { migrationUrl, appUrl, ownerRole } }
}

/** SHA-256 of all rows of each table, by name. */
export async function digestsOf(asOperator: World['asOperator']): Promise<Record<string, string>> {
  return asOperator(async (sql) => {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'pgboss', 'drizzle') order by 1`
    const digests: Record<string, string> = {}
    for (const { name } of tables) {
      const rows = await sql.unsafe(`select t::text as row from ${name} t order by 1`)
      const text = rows.map(({ row }) => String(row)).join('\n')
      digests[name] =
        `${rows.length} ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`
    }
    return digests
  })
}

/** What the database is made of beside rows, in the words of its catalogue. */
export async function structureOf(asOperator: World['asOperator']): Promise<string[]> {
  return asOperator(async (sql) => {
    const rows = await sql<{ line: string }[]>`
      select pg_get_indexdef(indexrelid) as line from pg_index join pg_class on pg_class.oid = indrelid
        where relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
      union all select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
        from pg_constraint where connamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
      union all select pg_get_triggerdef(oid) || ' ' || tgenabled::text from pg_trigger where not tgisinternal
      union all select format('%s %s', pg_proc.oid::regprocedure, pg_get_userbyid(proowner)) from pg_proc
        where pronamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
          and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
      union all select format('%s %s %s', pg_class.oid::regclass, pg_get_userbyid(relowner), relacl) from pg_class
        where relkind in ('r', 'p', 'S')
          and relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace, 'drizzle'::regnamespace)
      order by 1`
    // What was dumped once has fewer parentheses.
    return rows.map(({ line }) => line.replaceAll(/[()]/g, ''))
  })
}
