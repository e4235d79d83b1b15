import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as migrateByDrizzle } from 'drizzle-orm/postgres-js/migrator'
import { beforeEach, describe, expect, test } from 'vitest'
import { useEmptyDatabase } from '../test/empty-database.ts'
import { migrationsFolder, one, three, two } from '../test/migrations.ts'
import { checkMigrations, migrate } from './migrate.ts'

const database = useEmptyDatabase()
let url: string
beforeEach(() => {
  ;({ url } = database)
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
    await migrateByDrizzle(drizzle(database.sql), { migrationsFolder: older.path })
    await checkMigrations(url, { migrationsFolder: older.path })
    await migrate(url, { migrationsFolder: newer.path })
    await checkMigrations(url, { migrationsFolder: older.path })
  })
})
