import type { Queryable } from '@galley/db/client'
import { sql } from 'drizzle-orm'
import { fromDrizzle, type PgBoss } from 'pg-boss'

/** Cancels what is left of a job: itself, or what an operator's retry made of it. */
export async function cancelJob(
  boss: PgBoss,
  tx: Queryable,
  { name, id }: { name: string; id: string },
) {
  const found = await tx.execute<{ id: string }>(sql`
    select id from pgboss.job
    where name = ${name} and (id = ${id} or source_root_id = ${id}) and state < 'completed'`)
  const ids = found.map((row) => row.id)
  if (ids.length > 0) await boss.cancel(name, ids, { db: fromDrizzle(tx, sql) })
}
