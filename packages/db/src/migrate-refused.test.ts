import { rmSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { useEmptyDatabase } from '../test/empty-database.ts'
import { migrationsFolder, one, three, two } from '../test/migrations.ts'
import { checkMigrations, migrate } from './migrate.ts'

const database = useEmptyDatabase()

describe('is refused before anything is changed:', () => {
  test('a database newer than the code', async () => {
    using newer = migrationsFolder(one, two)
    using older = migrationsFolder(one)
    await migrate(database.url, { migrationsFolder: newer.path })
    for (const attempt of [migrate, checkMigrations]) {
      await expect(attempt(database.url, { migrationsFolder: older.path })).rejects.toThrow(
        'The database has a migration of 2026-01-01T00:00:01.000Z that this version does not know',
      )
    }
  })

  test('a migration changed after it was applied', async () => {
    using folder = migrationsFolder(one, two)
    await migrate(database.url, { migrationsFolder: folder.path })
    writeFileSync(folder.at('0000_one.sql'), 'create table another ();')
    await expect(migrate(database.url, { migrationsFolder: folder.path })).rejects.toThrow(
      'Migration 0000_one was changed after it had been applied',
    )
  })

  test('one that a merge put before the last applied, which Drizzle would skip', async () => {
    using ours = migrationsFolder(one, { ...three, when: Date.UTC(2026, 0, 3) })
    using merged = migrationsFolder(
      one,
      { ...two, when: Date.UTC(2026, 0, 2) },
      { ...three, when: Date.UTC(2026, 0, 3) },
    )
    await migrate(database.url, { migrationsFolder: ours.path })
    await expect(migrate(database.url, { migrationsFolder: merged.path })).rejects.toThrow(
      'Migration 0001_two was skipped: 0002_three, which comes after it, is applied already',
    )
    expect(await database.tables()).toEqual(['one', 'three'])
  })

  test.each([
    ['times that do not rise', [one, { ...two, when: Date.UTC(2025, 0, 1) }]],
    ['equal times', [one, { ...two, when: Date.UTC(2026, 0, 1) }]],
    ['numbers with a gap', [one, { ...two, idx: 2 }]],
  ])('%s', async (_name, migrations) => {
    using folder = migrationsFolder(...migrations)
    await expect(migrate(database.url, { migrationsFolder: folder.path })).rejects.toThrow(
      /Migration 0001_two is out of order in .*: it must come after 0000_one/,
    )
    expect(await database.tables()).toEqual([])
  })

  test('a file that the journal does not list, or lists and is not there', async () => {
    using folder = migrationsFolder(one, two)
    writeFileSync(folder.at('0001_stray.sql'), '')
    rmSync(folder.at('0001_two.sql'))
    await expect(migrate(database.url, { migrationsFolder: folder.path })).rejects.toThrow(
      /does not match its files: 0001_stray.sql, 0001_two.sql/,
    )
  })

  test('no journal at all', async () => {
    using folder = migrationsFolder()
    rmSync(folder.at('meta', '_journal.json'))
    await expect(migrate(database.url, { migrationsFolder: folder.path })).rejects.toThrow(
      /cannot be read/,
    )
  })
})
