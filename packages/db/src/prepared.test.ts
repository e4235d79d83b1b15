import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { useCluster } from '../test/cluster.ts'
import { createDb, type Queryable } from './client.ts'
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

describe('what is sent alone', () => {
  const sleep = (db: Queryable) =>
    db
      .select({ one: sql<number>`1` })
      .from(sql`pg_sleep(${sql.placeholder('seconds')})`)
      .prepare('sleep')
  const among = prepared(sleep)
  const alone = prepared(sleep, { alone: true })

  /** Which of three statements on two connections end first, when the second leaves a connection first. */
  async function orderOf(...[first, second, third]: (typeof alone)[]) {
    await using database = createDb(cluster.current.url(), { max: 2 })
    // Each connection has the statement described before it pipelines.
    for (const each of [among, alone]) {
      await Promise.all([0.1, 0.1].map((seconds) => each(database.db).execute({ seconds })))
    }
    const ended: string[] = []
    const send = async (name: string, query: typeof alone | undefined, seconds: number) => {
      await query?.(database.db).execute({ seconds })
      ended.push(name)
    }
    await Promise.all([send('long', first, 1), send('short', second, 0.1), send('next', third, 0)])
    return ended
  }

  test('holds up no statement after it that another connection could take sooner', async () => {
    expect(await orderOf(alone, alone, among)).toEqual(['short', 'next', 'long'])
  })

  test('does not wait behind one that takes longer', async () => {
    expect(await orderOf(among, among, alone)).toEqual(['short', 'next', 'long'])
  })

  test('lets others be sent behind each other', async () => {
    expect(await orderOf(among, among, among)).toEqual(['short', 'long', 'next'])
  })
})
