import { outbox } from '@galley/db/schema'
import type { TestDatabase } from '@galley/testing/database'
import { sql } from 'drizzle-orm'

export const CHANNEL = 'galley_events'

type Db = Pick<TestDatabase['db'], 'insert' | 'execute'>

/** Writes an event of no known kind, which tells its number, and nobody is notified. */
export const emitQuietly = (db: Db, n: number, text = '') =>
  db.insert(outbox).values({ event: 'test.happened', payload: { n, text }, requestId: 'test' })

/** The same, and all processes are notified when it is committed. */
export async function emit(db: Db, n: number, text?: string) {
  await emitQuietly(db, n, text)
  await db.execute(sql`select pg_notify(${CHANNEL}, '')`)
}

/** Writes so many events at once. */
export const emitMany = ({ sql }: Pick<TestDatabase, 'sql'>, count: number) => sql`
  with written as (
    insert into outbox (id, event, payload, request_id)
    select gen_random_uuid(), 'test.happened', jsonb_build_object('n', n), 'test'
    from generate_series(1, ${count}::int) n
    returning 1
  )
  select pg_notify(${CHANNEL}, '') from (select count(*) from written) as all_of_them`

/** A transaction that is under way until it is told to commit. */
export async function openTransaction(db: TestDatabase['db']) {
  let commit = () => {}
  const waiting = new Promise<void>((resolve) => (commit = resolve))
  let begun = () => {}
  const ready = new Promise<void>((resolve) => (begun = resolve))
  let tx: Db = db
  const done = db.transaction(async (inner) => {
    tx = inner
    begun()
    await waiting
  })
  await ready
  return {
    db: tx,
    async commit() {
      commit()
      await done
    },
  }
}
