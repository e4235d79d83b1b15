import type { Sql } from 'postgres'
import { beforeEach, describe, expect, test } from 'vitest'
import { useEmptyDatabase } from '../test/empty-database.ts'
import { besideMigrations } from '../test/migrating.ts'
import { migrationsFolder, three, two } from '../test/migrations.ts'
import { checkMigrations, migrate } from './migrate.ts'

const database = useEmptyDatabase()
const { tables } = database
const { killedWhile } = besideMigrations(database)
let url: string
let sql: Sql
beforeEach(() => {
  ;({ url, sql } = database)
})

describe('a migration in batches', () => {
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
      expect.poll(seen).toContainEqual({ seen: 1, count: 20 }),
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
