import { randomUUIDv7 } from 'node:crypto'
import { jobRuns } from '@galley/db/schema'
import { transact, type Ctx } from '../src/ctx.ts'
import { notify } from '../src/notifications/notify.ts'

/** Tells a person of a job of theirs that is done; returns its id. */
export async function tellOfJob(ctx: Ctx, userId: string): Promise<string> {
  const id = randomUUIDv7()
  await ctx.db.insert(jobRuns).values({ id, job: 'reports.build', ownerId: userId })
  await transact(ctx, (tx) => notify(ctx, tx, [noticeOfJob(userId, id)]))
  return id
}

export const noticeOfJob = (userId: string, id: string) => ({
  userId,
  kind: 'job-finished' as const,
  actorId: null,
  subject: { kind: 'job', id },
  data: { outcome: 'is done' },
})
