import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as migrateByDrizzle } from 'drizzle-orm/postgres-js/migrator'
import postgres, { type Sql } from 'postgres'
import { beforeEach, describe, expect, test } from 'vitest'
import { useEmptyDatabase } from '../test/empty-database.ts'
import { migrationsFolder, one, three, two } from '../test/migrations.ts'
import { isConnectionError } from './errors.ts'
import { checkMigrations, migrate, MigrationError } from './migrate.ts'

const database = useEmptyDatabase()
const { tables } = database
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

  describe('one in batches', () => {
    const setUp = {
      tag: '0000_one',
      sql: `create table one (n int primary key, seen int not null default 0);--> statement-breakpoint
        insert into one select generate_series(1, 25);--> statement-breakpoint
        create function see(after text, out next text) language plpgsql as $$ begin
          if after = '20' and to_regclass('brake') is not null then raise 'the brake is on'; end if;
          update one set seen = seen + 1 where n > coalesce(after::int, 0) and n <= coalesce(after::int, 0) + 10;
          next := (select max(n) from one where seen > 0 and n > coalesce(after::int, 0) having count(*) = 10);
        end $$`,
    }
    const batched = {
      ...two,
      sql: '-- compatible\n-- in batches\nselect next from see($1)',
    }
    const seen = async () => [
      ...(await sql`select seen, count(*)::int from one group by 1 order by 1`),
    ]

    test('changes its rows batch by batch, between those before it and after it', async () => {
      using folder = migrationsFolder(setUp, batched, { ...three, sql: 'create table three ()' })
      expect(await migrate(url, { migrationsFolder: folder.path })).toEqual({ applied: 3 })
      expect(await tables()).toEqual(['one', 'three'])
      expect(await seen()).toEqual([{ seen: 1, count: 25 }])
    })

    test('that fails half-way keeps what is done, and runs again', async () => {
      using folder = migrationsFolder(setUp, batched)
      await sql`create table brake ()`
      await expect(migrate(url, { migrationsFolder: folder.path })).rejects.toThrow(
        '0001_two failed half-way, and goes on when the database is migrated again: the brake is on',
      )
      expect(await tables()).toEqual(['brake', 'one'])
      await expect(checkMigrations(url, { migrationsFolder: folder.path })).rejects.toThrow(
        'The database lacks 1 of 2 migrations',
      )
      await sql`drop table brake`
      expect(await migrate(url, { migrationsFolder: folder.path })).toEqual({ applied: 1 })
      expect(await migrate(url, { migrationsFolder: folder.path })).toEqual({ applied: 0 })
      expect(await seen()).toEqual([{ seen: 1, count: 25 }])
    })

    test('RE8: killed at a batch, it goes on with that batch', async () => {
      const slow = setUp.sql.replace("raise 'the brake is on'", 'perform pg_sleep(60)')
      using folder = migrationsFolder({ ...setUp, sql: slow }, batched)
      await sql`create table brake ()`
      await killedWhile('%from see%', folder.path, () =>
        expect.poll(seen, { timeout: 5_000 }).toContainEqual({ seen: 1, count: 20 }),
      )
      expect(await seen()).toEqual([
        { seen: 0, count: 5 },
        { seen: 1, count: 20 },
      ])
      await sql`drop table brake`
      expect(await migrate(url, { migrationsFolder: folder.path })).toEqual({ applied: 1 })
      expect(await seen()).toEqual([{ seen: 1, count: 25 }])
      expect([...(await sql`select from drizzle.migration_progress`)]).toEqual([])
    }, 20_000)

    test('is one step with its company: the version before runs on', async () => {
      using before = migrationsFolder(setUp)
      using after = migrationsFolder(setUp, batched, {
        ...three,
        sql: '-- compatible\ncreate table three ()',
      })
      await migrate(url, { migrationsFolder: before.path })
      await migrate(url, { migrationsFolder: after.path })
      await checkMigrations(url, { migrationsFolder: before.path })
    })
  })

  describe('one that runs beside writers', () => {
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

  test('fails with a connection error when the database is away', async () => {
    const error = await migrate('postgres://galley:x@127.0.0.1:1/galley').catch((reason) => reason)
    expect(isConnectionError(error)).toBe(true)
  })
})

describe('a deployment that is taken back', () => {
  const marked = { ...two, sql: `-- compatible\n${two.sql}` }
  const alsoMarked = { ...three, sql: `-- compatible\n${three.sql}` }

  test('finds the migrations of one newer step where they are marked compatible', async () => {
    using older = migrationsFolder(one)
    using newer = migrationsFolder(one, marked, alsoMarked)
    await migrate(url, { migrationsFolder: older.path })
    await migrate(url, { migrationsFolder: newer.path })
    await checkMigrations(url, { migrationsFolder: older.path })
    expect(await migrate(url, { migrationsFolder: older.path })).toEqual({ applied: 0 })
    await checkMigrations(url, { migrationsFolder: newer.path })
  })

  test('does not go two steps back', async () => {
    using older = migrationsFolder(one)
    using newer = migrationsFolder(one, marked)
    using newest = migrationsFolder(one, marked, alsoMarked)
    for (const { path } of [older, newer, newest]) await migrate(url, { migrationsFolder: path })
    await checkMigrations(url, { migrationsFolder: newer.path })
    await expect(checkMigrations(url, { migrationsFolder: older.path })).rejects.toThrow(
      'only one step can be taken back',
    )
  })

  test('is refused where one of them is not marked', async () => {
    using older = migrationsFolder(one)
    using newer = migrationsFolder(one, marked, three)
    await migrate(url, { migrationsFolder: newer.path })
    await expect(checkMigrations(url, { migrationsFolder: older.path })).rejects.toThrow(
      'The database has a migration of 2026-01-01T00:00:02.000Z that this version does not know',
    )
  })

  test('is refused where it lacks one that the database has in between', async () => {
    using newer = migrationsFolder(one, marked)
    using other = migrationsFolder(one, { ...alsoMarked, when: Date.UTC(2026, 0, 2) })
    await migrate(url, { migrationsFolder: newer.path })
    await expect(checkMigrations(url, { migrationsFolder: other.path })).rejects.toThrow(
      'that this version does not know',
    )
  })

  test('is possible on a database whose first migrations Drizzle applied', async () => {
    using older = migrationsFolder(one)
    using newer = migrationsFolder(one, marked)
    await migrateByDrizzle(drizzle(sql), { migrationsFolder: older.path })
    await checkMigrations(url, { migrationsFolder: older.path })
    await migrate(url, { migrationsFolder: newer.path })
    await checkMigrations(url, { migrationsFolder: older.path })
  })
})

async function openTransaction(statement: string) {
  const other = postgres(url, { max: 1 })
  const connection = await other.reserve()
  await connection`begin`
  await connection.unsafe(statement)
  const end = () => other.end({ timeout: 0 })
  return { end, [Symbol.asyncDispose]: end }
}

/** Migrates in a process of its own, which is killed in the middle of such a statement. */
async function killedWhile(query: string, folder: string, reached?: () => Promise<unknown>) {
  const program = fileURLToPath(new URL('../test/migrate-process.ts', import.meta.url))
  const child = spawn(process.execPath, [program, url, folder], { stdio: 'inherit' })
  await migrating(query)
  await reached?.()
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function migrating(query: string): Promise<void> {
  const active = () => sql`
    select from pg_stat_activity
    where application_name = 'galley migrate' and datname = current_database()
      and state = 'active' and query like ${query}`
  await expect.poll(active, { timeout: 5_000 }).toHaveLength(1)
}
