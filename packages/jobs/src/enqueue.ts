import { randomUUIDv7 } from 'node:crypto'
import type { Queryable } from '@galley/db/client'
import { jobRuns } from '@galley/db/schema'
import { sql } from 'drizzle-orm'
import { fromDrizzle, type PgBoss } from 'pg-boss'
import type { EnqueueOptions, JobDefinition } from './jobs.ts'
import type { StoredJob } from './stored.ts'

/** Leaves one job in the caller's transaction. Its queue must be there. */
export async function enqueue<Payload>(
  boss: PgBoss,
  tx: Queryable,
  job: JobDefinition<Payload>,
  payload: Payload,
  { key, startAfter, ownerId, shared, requestId }: EnqueueOptions & { requestId: string | null },
): Promise<string | null> {
  const id = randomUUIDv7()
  const stored: StoredJob = { payload, requestId, followed: ownerId !== undefined }
  const taken = await boss.send(job.name, stored, {
    id,
    singletonKey: key ?? id,
    ...(startAfter && { startAfter }),
    db: fromDrizzle(tx, sql),
  })
  if (taken && ownerId) await tx.insert(jobRuns).values({ id, job: job.name, ownerId, shared })
  return taken
}
