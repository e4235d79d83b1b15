import { createDb } from '@galley/db/client'
import { createTestDatabase, useTestDatabase } from '@galley/testing/database'
import { expect, test } from 'vitest'
import { BootError } from '../src/boot-error.ts'
import { checkRole } from '../src/role-check.ts'
import { runToEnd } from './server-process.ts'

const database = useTestDatabase()

test('CF2 the role of the server passes', async () => {
  await expect(checkRole(database.url)).resolves.toBeUndefined()
})

test('CF2 a superuser does not, and is not named', async () => {
  const refused = checkRole(database.adminUrl)
  await expect(refused).rejects.toThrow(BootError)
  await expect(refused).rejects.toThrow(/^DATABASE_URL: its role is a superuser\. Run pnpm migrate/)
  await expect(refused).rejects.not.toThrow(new URL(database.adminUrl).username)
})

test.for([
  ['alter table tags owner to', 'owns tables'],
  ['grant update on audit_log to', 'may change the audit log'],
] as const)('CF2 nor does a role that may do too much: %s', async ([grant, says]) => {
  await using own = await createTestDatabase()
  await using operator = createDb(own.adminUrl, { max: 1 })
  const role = new URL(own.url).username
  await operator.sql.unsafe(`${grant} "${role}"`)
  await expect(checkRole(own.url)).rejects.toThrow(says)
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
