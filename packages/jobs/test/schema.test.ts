import { useTestDatabase } from '@galley/testing/database'
import { getConstructionPlans, type PgBoss } from 'pg-boss'
import { expect, test } from 'vitest'
import { createSender } from '../src/boss.ts'

const database = useTestDatabase()

async function withBoss<Result>(boss: PgBoss, work: (boss: PgBoss) => Promise<Result>) {
  try {
    return await work(await boss.start())
  } finally {
    await boss.stop({ graceful: false })
  }
}

test('the migrations have made the schema of the pg-boss that is installed', async () => {
  const { url } = database
  const version = await withBoss(createSender(url), (boss) => boss.schemaVersion())
  const [, installed] = /version\(version\) VALUES \('(\d+)'\)/.exec(getConstructionPlans()) ?? []
  expect(version).toBe(Number(installed))
})

test('nothing in it differs from what pg-boss expects', async () => {
  const report = await withBoss(createSender(database.url), (boss) => boss.detectSchemaDrift())
  expect(report).toMatchObject({ ok: true, extraIndexes: [] })
})

test('the role of the server cannot change it', async () => {
  await expect(database.sql`alter table pgboss.job add column x int`).rejects.toThrow(/owner/)
  await expect(database.sql`create table pgboss.x (id int)`).rejects.toThrow(/permission denied/)
})
