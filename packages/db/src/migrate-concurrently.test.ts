import type { Sql } from 'postgres'
import { beforeEach, describe, expect, test } from 'vitest'
import { useEmptyDatabase } from '../test/empty-database.ts'
import { besideMigrations } from '../test/migrating.ts'
import { migrationsFolder, one, three, two } from '../test/migrations.ts'
import { checkMigrations, migrate } from './migrate.ts'

const database = useEmptyDatabase()
const { migrating, openTransaction } = besideMigrations(database)
let url: string
let sql: Sql
beforeEach(() => {
  ;({ url, sql } = database)
})

describe('a migration that runs beside writers', () => {
  const filled = { ...one, sql: 'create table one (n int); insert into one select 1' }
  const indexed = {
    ...two,
    sql: `-- compatible
-- concurrently
create index concurrently if not exists one_n on one (n);--> statement-breakpoint
create unique index concurrently if not exists one_key on one (n);`,
  }
  const indexes = () => sql`
    select relname as name, indisvalid as valid from pg_index
    join pg_class on pg_class.oid = indexrelid where indrelid = 'one'::regclass order by 1`

  test('holds nobody up while it waits for them', async () => {
    using before = migrationsFolder(filled)
    using after = migrationsFolder(filled, indexed, three)
    await migrate(url, { migrationsFolder: before.path })
    await using writer = await openTransaction('insert into one select 2')
    const attempt = migrate(url, { migrationsFolder: after.path })
    await migrating('%one_n on one%')
    await sql`insert into one select 3`
    await writer.end()
    expect(await attempt).toEqual({ applied: 2 })
    expect([...(await indexes())]).toEqual([
      { name: 'one_key', valid: true },
      { name: 'one_n', valid: true },
    ])
  })

  test('makes an index again that was cut off', async () => {
    using folder = migrationsFolder(filled, indexed)
    using before = migrationsFolder(filled)
    await migrate(url, { migrationsFolder: before.path })
    await sql`insert into one select 1`
    const attempt = migrate(url, { migrationsFolder: folder.path })
    await expect(attempt).rejects.toThrow(/0001_two failed half-way, and goes on .* unique index/)
    expect(await indexes()).toContainEqual({ name: 'one_key', valid: false })
    await sql`delete from one`
    expect(await migrate(url, { migrationsFolder: folder.path })).toEqual({ applied: 1 })
    expect(await indexes()).toContainEqual({ name: 'one_key', valid: true })
  })

  test('makes an index again whose making was cancelled while it waited', async () => {
    using before = migrationsFolder(filled)
    using after = migrationsFolder(filled, indexed)
    await migrate(url, { migrationsFolder: before.path })
    await using writer = await openTransaction('insert into one select 2')
    const attempt = migrate(url, { migrationsFolder: after.path })
    await migrating('%one_n on one%')
    await sql`
      select pg_cancel_backend(pid) from pg_stat_activity
      where application_name = 'galley migrate' and datname = current_database()`
    await expect.poll(indexes).toContainEqual({ name: 'one_n', valid: false })
    await writer.end()
    expect(await attempt).toEqual({ applied: 1 })
    expect([...(await indexes())]).toEqual([
      { name: 'one_key', valid: true },
      { name: 'one_n', valid: true },
    ])
  })

  test('is not done while an index that it makes is not valid', async () => {
    // One of the partitioned table alone, which is not valid before its partitions have it.
    const parted = { ...one, sql: 'create table parted (n int) partition by range (n)' }
    const partition = 'create table part partition of parted for values from (0) to (9)'
    using folder = migrationsFolder(
      { ...parted, sql: `${parted.sql};--> statement-breakpoint\n${partition}` },
      {
        ...two,
        sql: '-- compatible\n-- concurrently\ncreate index parted_n on only parted (n)',
      },
    )
    await expect(migrate(url, { migrationsFolder: folder.path })).rejects.toThrow(
      '0001_two failed half-way, and goes on when the database is migrated again: the index parted_n is not valid',
    )
    await expect(checkMigrations(url, { migrationsFolder: folder.path })).rejects.toThrow(
      'The database lacks 1 of 2 migrations',
    )
  })

  test('lets two processes migrate at once', async () => {
    using folder = migrationsFolder(filled, indexed)
    const both = [1, 2].map(() => migrate(url, { migrationsFolder: folder.path }))
    const results = await Promise.all(both)
    expect(results).toEqual(expect.arrayContaining([{ applied: 0 }, { applied: 2 }]))
  })
})
