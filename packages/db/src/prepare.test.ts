import postgres from 'postgres'
import { beforeEach, expect, test } from 'vitest'
import { useCluster } from '../test/cluster.ts'
import { checkMigrations, migrate } from './migrate.ts'
import { prepareDatabase } from './prepare.ts'
import { findMissingSettings } from './session-settings.ts'

const cluster = useCluster()
let count = 0
let migrationUrl: string
let appUrl: string
// Roles belong to the whole server: each database has its own, named after it.
let database: string
let ownerRole: string
beforeEach(async () => {
  count += 1
  migrationUrl = await cluster.current.ensureDatabase(`prepare_${count}`)
  database = new URL(migrationUrl).pathname.slice(1)
  ownerRole = `${database}_owner`
  appUrl = as(migrationUrl, `${database}_app`, 'a "quoted" pass%word')
})

const as = (url: string, username: string, password: string) =>
  Object.assign(new URL(url), { username, password: encodeURIComponent(password) }).href

async function withSql<Result>(url: string, work: (sql: postgres.Sql) => Promise<Result>) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const owners = (url: string) =>
  withSql(url, async (sql) => {
    const rows = await sql`select distinct tableowner from pg_tables
      where schemaname in ('public', 'pgboss', 'drizzle')`
    return rows.map(({ tableowner }) => String(tableowner))
  })

test('the tables belong to a role without a login, and the server’s role reads and writes rows', async () => {
  const { applied } = await prepareDatabase({ migrationUrl, appUrl, ownerRole })
  expect(applied).toBeGreaterThan(0)
  expect(await owners(migrationUrl)).toEqual([ownerRole])
  await checkMigrations(appUrl)
  await withSql(appUrl, async (sql) => {
    await sql`insert into job_effects (job_id, effect) values (gen_random_uuid(), 'a')`
    await sql`update job_effects set effect = 'b'`
    await sql`delete from job_effects`
    await expect(sql`create table mine ()`).rejects.toThrow('permission denied')
    await expect(sql`drop table job_effects`).rejects.toThrow('must be owner')
    await expect(sql`delete from drizzle.__drizzle_migrations`).rejects.toThrow('permission denied')
  })
})

test('behind a pool the roles bring the settings of connections, also where there is one for all', async () => {
  await prepareDatabase({ migrationUrl, appUrl, ownerRole })
  expect(await withSql(appUrl, findMissingSettings)).toContain('statement_timeout')
  for (const url of [appUrl, migrationUrl]) {
    await prepareDatabase({ migrationUrl, appUrl: url, ownerRole, isPooled: true })
    expect(await withSql(url, findMissingSettings)).toEqual([])
  }
})

test('LG3: the audit log takes rows and gives none back', async () => {
  await prepareDatabase({ migrationUrl, appUrl, ownerRole })
  await withSql(appUrl, async (sql) => {
    await sql`insert into audit_log (id, action, actor_kind, target_type, target_id, request_id)
      values (gen_random_uuid(), 'x', 'system', 'x', 'x', 'x')`
    expect(await sql`select from audit_log`).toHaveLength(1)
    await expect(sql`update audit_log set action = 'y'`).rejects.toThrow('permission denied')
    await expect(sql`delete from audit_log`).rejects.toThrow('permission denied')
    await expect(sql`truncate audit_log`).rejects.toThrow('permission denied')
  })
})

test('LG3: what is old is taken from the audit log by the server’s role alone, and by nobody what is young', async () => {
  await prepareDatabase({ migrationUrl, appUrl, ownerRole })
  const stranger = as(migrationUrl, `${database}_stranger`, 'strange')
  await withSql(migrationUrl, async (sql) => {
    await sql.unsafe(`create role ${database}_stranger login password 'strange'`)
    await sql`insert into audit_log (id, at, action, actor_kind, target_type, target_id, request_id)
      select gen_random_uuid(), now() - make_interval(days => age), 'x', 'system', 'x', 'x', 'x'
      from generate_series(85, 94) age`
  })
  const sweep = (days: number, most: number) => (sql: postgres.Sql) =>
    sql<{ swept: number }[]>`select sweep_audit_log(gen_random_uuid(),
      now() - make_interval(days => ${days}), ${most}, 'test') as swept`
  await withSql(appUrl, async (sql) => {
    await expect(sweep(89, 10)(sql)).rejects.toThrow('kept for 90 days at least')
    expect(await sweep(92, 2)(sql)).toEqual([{ swept: 2 }])
    expect(await sweep(92, 2)(sql)).toEqual([{ swept: 1 }])
    expect(await sweep(92, 2)(sql)).toEqual([{ swept: 0 }])
    const lines = await sql`select action, actor_kind, request_id, after->'entries' as entries
      from audit_log where at > now() - interval '1 day' order by after->'entries'`
    const line = { action: 'audit.swept', actor_kind: 'system', request_id: 'test' }
    expect(lines).toEqual([1, 2].map((entries) => ({ ...line, entries })))
    expect(await sql`select from audit_log`).toHaveLength(7 + 2)
  })
  await expect(withSql(stranger, sweep(92, 2))).rejects.toThrow('permission denied')
})

test('it may be repeated, also by two at once, and a new password is taken over', async () => {
  const options = { migrationUrl, appUrl, ownerRole }
  await Promise.all([prepareDatabase(options), prepareDatabase(options)])
  expect(await prepareDatabase(options)).toEqual({ applied: 0 })
  const changed = as(appUrl, `${database}_app`, 'another')
  await prepareDatabase({ ...options, appUrl: changed })
  await checkMigrations(changed)
  await expect(checkMigrations(appUrl)).rejects.toThrow('password authentication failed')
})

test('what an earlier version made as the operator changes hands', async () => {
  await migrate(migrationUrl)
  await prepareDatabase({ migrationUrl, appUrl, ownerRole })
  expect(await owners(migrationUrl)).toContain(ownerRole)
  await withSql(
    appUrl,
    (sql) => sql`insert into job_effects (job_id, effect) values (gen_random_uuid(), 'a')`,
  )
})

test('an operator who is no superuser is enough: one who may create roles and owns the database', async () => {
  const operator = `${database}_operator`
  await withSql(migrationUrl, async (sql) => {
    await sql`create role ${sql(operator)} login createrole password 'operating'`
    await sql`alter database ${sql(database)} owner to ${sql(operator)}`
  })
  const operatorUrl = as(migrationUrl, operator, 'operating')
  await prepareDatabase({ migrationUrl: operatorUrl, appUrl, ownerRole })
  expect(await prepareDatabase({ migrationUrl: operatorUrl, appUrl, ownerRole })).toEqual({
    applied: 0,
  })
  expect(await owners(migrationUrl)).toEqual([ownerRole])
})

test('with one role for both, the migrations are all', async () => {
  await prepareDatabase({ migrationUrl, appUrl: migrationUrl })
  await checkMigrations(migrationUrl)
})
