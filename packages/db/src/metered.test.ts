import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { useCluster } from '../test/cluster.ts'
import { createDb, type Database } from './client.ts'
import type { DatabaseMeter, StatementEnd } from './metered.ts'

const cluster = useCluster()

type Heard = StatementEnd & { text: string }

const ended: Heard[] = []
const waits: number[] = []
let asked = 0
let released = 0
const meter: DatabaseMeter = {
  statement: (text) => (end) => void ended.push({ text, ...end }),
  connection() {
    asked += 1
    return { got: (waitedMs) => void waits.push(waitedMs), released: () => void (released += 1) }
  },
}

let own: Database
beforeAll(() => {
  own = createDb(cluster.current.url(), { max: 1, meter })
})
afterAll(() => own.close())
beforeEach(() => {
  ended.length = waits.length = asked = released = 0
})

test('a statement is heard of once, with its text and without its values', async () => {
  const rows = await own.db.execute(sql`select ${'secret'}::text as value`)
  expect(rows[0]).toEqual({ value: 'secret' })
  expect(ended).toHaveLength(1)
  expect(ended[0]).toMatchObject({ text: 'select $1::text as value' })
  expect(JSON.stringify(ended)).not.toContain('secret')
  expect([asked, waits.length, released]).toEqual([1, 1, 1])
})

test('what waits for the one connection is known from what takes long', async () => {
  const slow = own.db.execute(sql`select pg_sleep(0.5)`)
  const quick = own.db.execute(sql`select 1 as one`)
  await Promise.all([slow, quick])
  const byText = new Map(ended.map((end) => [end.text, end]))
  const sleep = byText.get('select pg_sleep(0.5)')
  const one = byText.get('select 1 as one')
  expect(sleep && sleep.ms - sleep.waitedMs).toBeGreaterThan(490)
  expect(one?.waitedMs).toBeGreaterThan(400)
  expect(one && one.ms - one.waitedMs).toBeLessThan(400)
  expect(Math.max(...waits)).toBeGreaterThan(400)
})

test('a statement that fails is heard of with its error, which its caller gets too', async () => {
  const failing = own.db.execute(sql`select 1 / ${0}::int`)
  await expect(failing).rejects.toMatchObject({ cause: { code: '22012' } })
  expect(ended).toMatchObject([{ error: { code: '22012' } }])
  expect(released).toBe(1)
})

test('a transaction holds one connection, and its statements and those of its parts are heard of', async () => {
  await own.db.transaction(async (tx) => {
    await tx.execute(sql`select 'outer'`)
    await tx.transaction((inner) => inner.execute(sql`select 'inner'`))
    expect([asked, released]).toEqual([1, 0])
  })
  expect(ended.map(({ text }) => text)).toEqual(["select 'outer'", "select 'inner'"])
  expect([asked, waits.length, released]).toEqual([1, 1, 1])
})

test('a connection is given back where the transaction fails, and where there is no database', async () => {
  const failing = own.db.transaction((tx) => tx.execute(sql`select 1 / 0`))
  await expect(failing).rejects.toThrow()
  expect([asked, waits.length, released]).toEqual([1, 1, 1])

  const away = createDb('postgres://nobody@127.0.0.1:1/none', { max: 1, meter })
  await expect(away.db.execute(sql`select 1`)).rejects.toThrow()
  await expect(away.db.transaction((tx) => tx.execute(sql`select 1`))).rejects.toThrow()
  await away.close()
  expect([asked, waits.length, released]).toEqual([3, 1, 3])
})
