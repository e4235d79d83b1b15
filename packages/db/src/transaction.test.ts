import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { useCluster } from '../test/cluster.ts'
import { createDb, type Database, type Tx } from './client.ts'
import { transaction } from './transaction.ts'

const cluster = useCluster()
let pool: Database
beforeAll(async () => {
  pool = createDb(cluster.current.url(), { max: 4 })
  await pool.db.execute(sql`create table counters (id int primary key, value int not null)`)
})
beforeEach(() =>
  pool.db.execute(sql`insert into counters values (1, 0), (2, 0)
    on conflict (id) do update set value = 0`),
)
afterAll(() => pool.close())

const add = (tx: Tx, id: number) =>
  tx.execute(sql`update counters set value = value + 1 where id = ${id}`)

async function values() {
  const rows = await pool.db.execute<{ value: number }>(sql`select value from counters order by id`)
  return rows.map(({ value }) => value)
}

const failWith = (tx: Tx, code: string) =>
  tx.execute(sql.raw(`do $$ begin raise exception using errcode = '${code}'; end $$`))

test('of two that wait for each other, both hold', async () => {
  const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let tries = 0
  const addTo = (first: number, second: number) =>
    transaction(pool.db, async (tx) => {
      tries += 1
      await add(tx, first)
      both[first - 1]?.resolve()
      await Promise.all(both.map(({ promise }) => promise))
      await add(tx, second)
    })
  await Promise.all([addTo(1, 2), addTo(2, 1)])
  expect(await values()).toEqual([2, 2])
  expect(tries).toBe(3)
})

test('a transaction that reads what another has changed since runs again', async () => {
  let tries = 0
  await transaction(pool.db, async (tx) => {
    tries += 1
    await tx.execute(sql`set transaction isolation level repeatable read`)
    await tx.execute(sql`select from counters`)
    if (tries === 1) await pool.db.execute(sql`update counters set value = 10 where id = 1`)
    await add(tx, 1)
  })
  expect(await values()).toEqual([11, 0])
  expect(tries).toBe(2)
})

test.each([
  ['40P01', 4],
  ['40001', 4],
  ['23514', 1],
  ['55P03', 1],
])('%s each time: tried %i times, nothing holds', async (code, expected) => {
  let tries = 0
  const failing = transaction(pool.db, async (tx) => {
    tries += 1
    await add(tx, 1)
    await failWith(tx, code)
  })
  await expect(failing).rejects.toMatchObject({ cause: { code } })
  expect(tries).toBe(expected)
  expect(await values()).toEqual([0, 0])
})

test('a part of a transaction does not run again by itself: the whole does', async () => {
  const tries = { outer: 0, inner: 0 }
  await transaction(pool.db, async (outer) => {
    tries.outer += 1
    await add(outer, 1)
    await transaction(outer, async (inner) => {
      tries.inner += 1
      await add(inner, 2)
      if (tries.inner === 1) await failWith(inner, '40P01')
    })
  })
  expect(tries).toEqual({ outer: 2, inner: 2 })
  expect(await values()).toEqual([1, 1])
})
