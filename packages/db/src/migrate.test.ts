import type { Sql } from 'postgres'
import { beforeEach, describe, expect, test } from 'vitest'
import { useEmptyDatabase } from '../test/empty-database.ts'
import { besideMigrations } from '../test/migrating.ts'
import { migrationsFolder, one, three, two } from '../test/migrations.ts'
import { isConnectionError } from './errors.ts'
import { checkMigrations, migrate, MigrationError } from './migrate.ts'

const database = useEmptyDatabase()
const { tables } = database
const { killedWhile, migrating } = besideMigrations(database)
let url: string
let sql: Sql
beforeEach(() => {
  ;({ url, sql } = database)
})

describe('migrate', () => {
  test("applies Galley's own migrations once", async () => {
    const { applied } = await migrate(url)
    expect(applied).toBeGreaterThan(0)
    expect(await tables()).toContain('users')
    expect(await migrate(url)).toEqual({ applied: 0 })
    await checkMigrations(url)
  })

  test('applies what was added since', async () => {
    using before = migrationsFolder(one)
    using after = migrationsFolder(one, two, three)
    expect(await migrate(url, { migrationsFolder: before.path })).toEqual({ applied: 1 })
    await expect(checkMigrations(url, { migrationsFolder: after.path })).rejects.toThrow(
      'The database lacks 2 of 3 migrations, from 0001_two on. Migrate it first.',
    )
    expect(await migrate(url, { migrationsFolder: after.path })).toEqual({ applied: 2 })
    expect(await tables()).toEqual(['one', 'three', 'two'])
  })

  test('RE8: two at once: one applies, the other waits and finds nothing to do', async () => {
    using folder = migrationsFolder({ ...one, sql: 'create table one (); select pg_sleep(0.3);' })
    const results = await Promise.all([
      migrate(url, { migrationsFolder: folder.path }),
      migrate(url, { migrationsFolder: folder.path }),
    ])
    expect(results.map(({ applied }) => applied)).toEqual(expect.arrayContaining([0, 1]))
  })

  test('waits only so long for another', async () => {
    using slow = migrationsFolder({ ...one, sql: 'select pg_sleep(1.5);' })
    const first = migrate(url, { migrationsFolder: slow.path })
    await migrating('select pg_sleep%')
    await expect(migrate(url, { migrationsFolder: slow.path, lockWaitMs: 100 })).rejects.toThrow(
      'Another process has been migrating the database for 0.1 s',
    )
    expect(await first).toEqual({ applied: 1 })
  })

  test('RE8: killed half-way and run again, it is clean', async () => {
    using folder = migrationsFolder(one, {
      tag: '0001_slow',
      sql: `create table two ();--> statement-breakpoint
        do $$ begin
          if to_regclass('brake') is not null then perform pg_sleep(60); end if;
        end $$;`,
    })
    await sql`create table brake ()`
    await killedWhile('%brake%', folder.path)
    expect(await tables()).toEqual(['brake'])

    await sql`drop table brake`
    expect(await migrate(url, { migrationsFolder: folder.path })).toEqual({ applied: 2 })
    expect(await tables()).toEqual(['one', 'two'])
  }, 20_000)

  test('a failing one is named, and nothing of its company stays', async () => {
    using folder = migrationsFolder(one, { ...two, sql: 'create table two (no_such_type oops);' })
    const attempt = migrate(url, { migrationsFolder: folder.path })
    await expect(attempt).rejects.toBeInstanceOf(MigrationError)
    await expect(attempt).rejects.toThrow(
      '0001_two failed, nothing was changed: type "oops" does not exist',
    )
    expect(await tables()).toEqual([])
  })

  test('fails with a connection error when the database is away', async () => {
    const error = await migrate('postgres://galley:x@127.0.0.1:1/galley').catch((reason) => reason)
    expect(isConnectionError(error)).toBe(true)
  })
})
