// Each migration from 0007 on, applied while the version before it writes: no write may fail.
import { setTimeout } from 'node:timers/promises'
import postgres from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { useCluster } from '../cluster.ts'
import { migrationsUpTo, ownFolder } from '../migrations.ts'
import { insertCast, startWriters } from './writers.ts'
import { readJournal } from '../../src/migrate-journal.ts'
import { migrate } from '../../src/migrate.ts'

const cluster = useCluster()
const tags = readJournal(ownFolder).map(({ tag }) => tag)
const first = tags.indexOf('0007_tag_counts')

// One database, brought on by one migration a test.
let url: string
beforeAll(async () => {
  url = await cluster.current.ensureDatabase('under_writes')
  using before = migrationsUpTo(tags[first - 1] ?? '')
  await migrate(url, { migrationsFolder: before.path })
  const sql = postgres(url, { max: 1 })
  await insertCast(sql)
  await sql.end()
})

test.each(tags.slice(first))('%s', async (tag) => {
  using folder = migrationsUpTo(tag)
  const writers = startWriters(url)
  {
    await using _ = writers
    await setTimeout(300)
    expect(await migrate(url, { migrationsFolder: folder.path })).toEqual({ applied: 1 })
    const before = writers.writes
    await expect.poll(() => writers.writes, { timeout: 10_000 }).toBeGreaterThan(before + 50)
  }
  expect(writers.failures).toEqual([])
})
