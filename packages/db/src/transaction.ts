import { setTimeout as sleep } from 'node:timers/promises'
import { PgTransaction } from 'drizzle-orm/pg-core'
import type { Db, Tx } from './client.ts'
import { isTransactionConflict } from './errors.ts'

const TRIES = 4
const FIRST_WAIT_MS = 20

const commitListeners = new WeakMap<object, (() => void)[]>()

/**
 * Calls `listener` once what this transaction did holds; never when it is rolled back. At once where `db` is none: each
 * statement holds by itself. It must not throw.
 */
export function afterCommit(db: object, listener: () => void): void {
  const listeners = commitListeners.get(db)
  if (!(db instanceof PgTransaction)) listener()
  else if (listeners) listeners.push(listener)
  else commitListeners.set(db, [listener])
}

/**
 * Runs `work` in one transaction, or in a savepoint where `db` is a transaction already: all of it holds, or nothing.
 * The victim of a deadlock or a serialisation failure runs again, up to three times, so `work` must have no effect but on
 * `tx`. Only the outermost transaction does: a savepoint cannot give back what the transaction holds.
 */
export const transaction = <Result>(
  db: Pick<Db, 'transaction'>,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> => againAfterConflict(db, () => committed(db, work))

/** Runs one statement, which is a transaction by itself: without the two round trips of `transaction`, as safely. */
export const singleStatement = <Result>(
  db: Db,
  run: (db: Db) => Promise<Result>,
): Promise<Result> => againAfterConflict(db, () => run(db))

async function againAfterConflict<Result>(db: object, work: () => Promise<Result>) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      const isOver = tries === TRIES || db instanceof PgTransaction
      if (isOver || !isTransactionConflict(error)) throw error
      // Not the same for all, or those who met once meet again.
      await sleep(FIRST_WAIT_MS * 2 ** tries * Math.random())
    }
  }
}

async function committed<Result>(
  db: Pick<Db, 'transaction'>,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  let listeners: (() => void)[] = []
  const result = await db.transaction(async (tx) => {
    const done = await work(tx)
    listeners = commitListeners.get(tx) ?? []
    return done
  })
  for (const listener of listeners) afterCommit(db, listener)
  return result
}
