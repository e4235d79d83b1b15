import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useCluster } from '../test/cluster.ts'
import { createDb } from './client.ts'
import { prepared } from './prepared.ts'

const cluster = useCluster()

test('a prepared query is built once, and prepared by the server', async () => {
  let built = 0
  const namesLike = prepared((db) => {
    built += 1
    return db
      .select({ name: sql<string>`datname` })
      .from(sql`pg_database`)
      .where(sql`datname like ${sql.placeholder('pattern')}`)
      .prepare('names_like')
  })
  await using one = createDb(cluster.current.url(), { max: 1 })
  await using two = createDb(cluster.current.url(), { max: 1 })

  expect(await namesLike(one.db).execute({ pattern: 'postgres' })).toEqual([{ name: 'postgres' }])
  expect(await namesLike(one.db).execute({ pattern: 'no such' })).toEqual([])
  expect(await namesLike(two.db).execute({ pattern: 'postgres' })).toEqual([{ name: 'postgres' }])
  expect(built).toBe(1)
  const statements = await one.sql`
    select generic_plans + custom_plans as runs from pg_prepared_statements
    where statement like 'select datname%'`
  expect(statements).toEqual([{ runs: '2' }])
})

test('so is one without values', async () => {
  await using database = createDb(cluster.current.url(), { max: 1 })
  const parameterless = prepared((db) =>
    db
      .select({ name: sql<string>`datname` })
      .from(sql`pg_database`)
      .prepare('all_names'),
  )
  await parameterless(database.db).execute()
  await parameterless(database.db).execute()
  const statements = await database.sql`
    select generic_plans + custom_plans as runs from pg_prepared_statements
    where statement like 'select datname%'`
  expect(statements).toEqual([{ runs: '2' }])
})

test('in a transaction it sees what the transaction did, and the pool keeps its own', async () => {
  const count = prepared((db) =>
    db
      .select({ count: sql<number>`count(*)::int` })
      .from(sql`pg_class`)
      .where(sql`relname = ${sql.placeholder('name')}`)
      .prepare('count_named'),
  )
  await using one = createDb(cluster.current.url(), { max: 1 })
  const named = { name: 'made_inside' }
  expect(await count(one.db).execute(named)).toEqual([{ count: 0 }])
  await one.db.transaction(async (tx) => {
    await tx.execute(sql`create table made_inside ()`)
    expect(await count(tx).execute(named)).toEqual([{ count: 1 }])
    await tx.execute(sql`drop table made_inside`)
  })
  expect(await count(one.db).execute(named)).toEqual([{ count: 0 }])
})
