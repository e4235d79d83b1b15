import { integer, pgTable } from 'drizzle-orm/pg-core'
import { lte } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useCluster } from '../test/cluster.ts'
import { createDb } from './client.ts'
import { deleteInBatches } from './delete-in-batches.ts'

const cluster = useCluster()
const marks = pgTable('marks', { n: integer('n').notNull() })

test('deletes what is over, however much, and nothing else; what was cut off goes on', async () => {
  const statements: string[] = []
  const url = await cluster.current.ensureDatabase('batches')
  await using database = createDb(url, { max: 1, onQuery: (text) => statements.push(text) })
  const { db, sql } = database
  await sql`create table marks (n integer not null)`
  await sql`insert into marks select n from generate_series(1, 25) n`
  // The third batch fails, as when a statement takes too long.
  await sql`create function brake() returns trigger language plpgsql as $$ begin
    if old.n = 25 then raise 'cut off'; end if; return old; end $$`
  await sql`create trigger brake before delete on marks for each row execute function brake()`
  await expect(deleteInBatches(db, marks, lte(marks.n, 25), 10)).rejects.toThrow()
  expect(await db.$count(marks)).toBe(5)
  await sql`drop trigger brake on marks`

  statements.length = 0
  expect(await deleteInBatches(db, marks, lte(marks.n, 24), 2)).toBe(4)
  expect(statements).toHaveLength(3)
  expect(await db.select().from(marks)).toEqual([{ n: 25 }])
  expect(await deleteInBatches(db, marks, lte(marks.n, 24))).toBe(0)
})

test('what somebody makes last longer, while it is about to be deleted, stays', async () => {
  const url = await cluster.current.ensureDatabase('batches_renewed')
  await using database = createDb(url, { max: 2 })
  const { db, sql } = database
  await sql`create table marks (n integer not null)`
  await sql`insert into marks values (1), (2)`
  let sweep: Promise<number> | undefined
  await sql.begin(async (tx) => {
    await tx`update marks set n = 100 where n = 1`
    sweep = deleteInBatches(db, marks, lte(marks.n, 24))
    const waits = () => tx`select from pg_locks where not granted`
    while ((await waits()).length === 0);
  })
  expect(await sweep).toBe(1)
  expect(await db.select().from(marks)).toEqual([{ n: 100 }])
})
