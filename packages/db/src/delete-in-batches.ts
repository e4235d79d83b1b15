import { sql, type SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Queryable } from './client.ts'

const BATCH = 1_000

/**
 * Deletes the rows that `isOver` holds for, a thousand at a time, each a transaction of its own: however many there are, none
 * takes long, and what was cut off goes on the next time. An index should find them. Returns how many there were. A row that
 * changes meanwhile so that it is not over stays: not every PostgreSQL looks at `ctid` again, so the condition is there twice.
 */
export async function deleteInBatches(
  db: Queryable,
  table: PgTable,
  isOver: SQL | undefined,
  batch = BATCH,
): Promise<number> {
  let count = 0
  for (let deleted = batch; deleted === batch; count += deleted) {
    const result = await db.execute(sql`delete from ${table} where ctid = any(array(
      select ctid from ${table} where ${isOver} limit ${batch})) and (${isOver})`)
    deleted = result.count
  }
  return count
}
