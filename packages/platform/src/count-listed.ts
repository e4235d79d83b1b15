import { MAX_TOTAL } from '@galley/contract/primitives'
import type { Queryable } from '@galley/db/client'
import { sql, type SQL } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

/** Written out: with the number the planner knows that it need not read all. */
const COUNTED = sql.raw(String(MAX_TOTAL + 1))

/** How many rows a list has: of what grows, no more are counted than tell that a `total` is exceeded. */
export async function countListed(
  db: Queryable,
  table: PgTable,
  condition: SQL | undefined,
): Promise<number> {
  const isListed = condition && sql` where ${condition}`
  return db.$count(sql`(select from ${table}${isListed} limit ${COUNTED}) as listed`)
}
