import type { PgBoss } from 'pg-boss'

/** A pool of connections by its name: the most that it may have, those in use, and what waits for one. */
export type PoolCounts = { name: string; limit: number; used: number; waiting: number }

/** Of a pg-boss; nothing where its pool is not open. */
export function countsOf(name: string, boss: PgBoss): PoolCounts[] {
  const counts = boss.getDb().poolCounts?.()
  if (!counts) return []
  const { max, total, idle, waiting } = counts
  return [{ name, limit: max, used: total - idle, waiting }]
}
