import { setTimeout } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { beforeEach, describe, expect, test } from 'vitest'
import { useEmptyDatabase } from '../test/empty-database.ts'
import { besideMigrations } from '../test/migrating.ts'
import { migrationsFolder, one, three, two } from '../test/migrations.ts'
import { migrate } from './migrate.ts'

const database = useEmptyDatabase()
const { migrating, openTransaction } = besideMigrations(database)
let url: string
let sql: Sql
beforeEach(() => {
  ;({ url, sql } = database)
})

describe('a migration of tables in use', () => {
  test('does not queue behind a long transaction for ever', async () => {
    using before = migrationsFolder(one)
    using after = migrationsFolder(one, { ...two, sql: 'alter table one add column two int;' })
    await migrate(url, { migrationsFolder: before.path })
    await using reader = await openTransaction('select from one')
    const attempt = migrate(url, { migrationsFolder: after.path, lockWaitMs: 1_000 })
    await expect(attempt).rejects.toThrow(
      '0001_two failed, nothing was changed: other transactions held its tables for 1 s',
    )
    await reader.end()
    expect(await migrate(url, { migrationsFolder: after.path })).toEqual({ applied: 1 })
  }, 15_000)

  test('comes back when the transaction in its way has ended', async () => {
    using before = migrationsFolder(one)
    using after = migrationsFolder(one, { ...two, sql: 'alter table one add column two int;' })
    await migrate(url, { migrationsFolder: before.path })
    await using reader = await openTransaction('select from one')
    const attempt = migrate(url, { migrationsFolder: after.path })
    await setTimeout(1_500)
    await reader.end()
    expect(await attempt).toEqual({ applied: 1 })
  }, 15_000)

  test('holds all tables that it names before its first statement', async () => {
    using before = migrationsFolder(one, two, three)
    using after = migrationsFolder(one, two, three, {
      tag: '0003_slow',
      sql: 'create table four (); select pg_sleep(1); alter table two add column a int;',
    })
    await migrate(url, { migrationsFolder: before.path })
    const attempt = migrate(url, { migrationsFolder: after.path })
    await migrating('%pg_sleep%')
    const locked = await sql`
      select relation::regclass::text as table from pg_locks
      where mode = 'AccessExclusiveLock' and granted and relation in ('one'::regclass, 'two'::regclass)`
    expect(locked).toEqual([{ table: 'two' }])
    expect(await attempt).toEqual({ applied: 1 })
  })
})
