import { exampleJob } from '@galley/api/routers/platform/jobs.docs'
import { exampleUser } from '@galley/api/routers/platform/users.docs'
import type { Db } from '@galley/db/client'
import { jobRuns } from '@galley/db/schema'

export async function create(db: Db) {
  const { id, job, status, done, total } = exampleJob
  await db.insert(jobRuns).values({ id, job, ownerId: exampleUser.id, status, done, total })
}
