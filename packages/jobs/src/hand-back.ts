import type { Db } from '@galley/db/client'
import { transaction } from '@galley/db/transaction'
import { sql } from 'drizzle-orm'
import { fromDrizzle, type JobWithMetadata, type PgBoss } from 'pg-boss'

/**
 * Puts jobs that a worker cannot finish back into their queues, to be taken at once. pg-boss itself fails them at its
 * end, which costs them an attempt and a wait. Only the attempt that this worker holds is handed back.
 */
export async function handBack(boss: PgBoss, db: Db, jobs: readonly JobWithMetadata<unknown>[]) {
  await Promise.all(
    jobs.map((job) =>
      transaction(db, async (tx) => {
        const options = { db: fromDrizzle(tx, sql) }
        const { name, id, retryCount, retryLimit } = job
        await boss.cancel(name, { id, retryCount }, options)
        await boss.resume(name, id, options)
        // Taking it again counts as a retry.
        await boss.update(name, undefined, { id, retryLimit: retryLimit + 1, ...options })
      }),
    ),
  )
}
