import { createDb } from '@galley/db/client'
import { createTestDatabase, useTestDatabase } from '@galley/testing/database'
import { expect, test } from 'vitest'
import { BootError } from '../../../src/boot-error.ts'
import { checkRole } from '../../../src/role-check.ts'
import { runToEnd } from '../../server-process.ts'

const database = useTestDatabase()

test('CF2 the role of the server passes', async () => {
  await expect(checkRole(database.url)).resolves.toBeUndefined()
})

test('CF2 a superuser does not, and is not named', async () => {
  const refused = checkRole(database.adminUrl)
  await expect(refused).rejects.toThrow(BootError)
  await expect(refused).rejects.toThrow(
    /^DATABASE_URL: its role is a superuser, or may become one\. Run pnpm migrate/,
  )
  await expect(refused).rejects.not.toThrow(new URL(database.adminUrl).username)
})

const galleyOwner = "(select tableowner from pg_tables where tablename = 'users')"

test.for([
  ["execute format('alter table sessions owner to %I', app)", 'owns tables'],
  ["execute format('grant update on audit_log to %I', app)", 'may change the audit log'],
  [`execute format('grant %I to %I', ${galleyOwner}, app)`, 'belongs to the role that does'],
  // May be become by SET ROLE, though nothing is inherited.
  [
    `execute format('alter role %I noinherit', app); execute format('grant %I to %I', ${galleyOwner}, app)`,
    'belongs to the role that does',
  ],
  [
    "execute format('alter role %I noinherit', app); execute format('grant pg_read_server_files to %I', app)",
    'files',
  ],
  ["execute format('grant pg_write_server_files to %I', app)", 'files'],
  ["execute format('grant pg_execute_server_program to %I', app)", 'run programs'],
  ["execute format('grant %I to %I', current_user, app)", 'may become one'],
  ["execute format('alter role %I replication', app)", 'replicate'],
  ["execute format('alter role %I bypassrls', app)", 'row security'],
  ["execute format('grant create on schema public to %I', app)", 'create tables or functions'],
  ['grant create on schema public to public', 'create tables or functions'],
] as const)('CF2 nor does a role that may do too much: %s', async ([statement, says]) => {
  await using own = await createTestDatabase()
  const role = `${new URL(own.url).pathname.slice(1)}_app`
  const url = Object.assign(new URL(own.url), { username: role }).href
  await using operator = createDb(own.adminUrl, { max: 1 })
  const { sql } = operator
  const password = new URL(own.url).password
  await sql.unsafe(`create role "${role}" login password '${password}'`)
  await sql`grant usage on schema public, pgboss to ${sql(role)}`
  await expect(checkRole(url)).resolves.toBeUndefined()
  await sql.unsafe(
    `do $$ declare app text := '${role}'; begin ${statement}${statement.endsWith(';') ? '' : ';'} end $$`,
  )
  await expect(checkRole(url)).rejects.toThrow(says)
  await sql`reassign owned by ${sql(role)} to current_user`
  await sql`drop owned by ${sql(role)}`
  await sql`drop role ${sql(role)}`
})

test('CF2 in production the server does not start with it', { timeout: 60_000 }, async () => {
  const { code, stderr } = await runToEnd({
    NODE_ENV: 'production',
    DATABASE_URL: database.adminUrl,
    PUBLIC_ORIGIN: 'https://galley.test',
    SMTP_URL: 'smtp://mail.galley.test',
  })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^Galley did not start: DATABASE_URL: its role is a superuser[^\n]+\n$/)
})

// What an injected statement could try, as the role that every test and the server run with.
test.each([
  'create table mine ()',
  'create schema mine',
  'create extension dblink',
  'create role mine',
  'alter table users add column mine int',
  'drop table users',
  'truncate users',
  'create index on users (bio)',
  'create function mine() returns int language sql as $$ select 1 $$',
  'alter role current_user superuser',
  'set role galley_owner',
  'set session authorization postgres',
  'update audit_log set action = action',
  'delete from audit_log',
  'truncate audit_log',
  'delete from drizzle.__drizzle_migrations',
  "select pg_read_file('/etc/passwd')",
  "select pg_ls_dir('/')",
  "copy users to '/tmp/galley-users'",
  "copy users from program 'id'",
  'select * from pg_authid',
  "select lo_import('/etc/passwd')",
  "alter system set log_statement = 'all'",
])('CF2 the role of the server may not: %s', async (statement) => {
  const refusals = ['42501', '22023', '42704'] // insufficient privilege; no such role to become
  await expect(database.sql.unsafe(statement)).rejects.toMatchObject({
    code: expect.toSatisfy((code: string) => refusals.includes(code)),
  })
})

test('CF2 it owns nothing', async () => {
  const owned = await database.sql`
    select relname from pg_class where relowner = current_user::regrole
    union all select nspname from pg_namespace where nspowner = current_user::regrole
    union all select proname from pg_proc where proowner = current_user::regrole`
  expect(owned).toHaveLength(0)
})
