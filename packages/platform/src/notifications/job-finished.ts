import { events, type EventPayload } from '@galley/contract/events'
import { jobRuns, notifications } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { eq, inArray, sql } from 'drizzle-orm'
import { transact, type Ctx } from '../ctx.ts'
import { notify } from './notify.ts'
import type { NotificationRegistry, NotificationSubject } from './registry.ts'

type JobFinished = EventPayload<'job.finished'>

export const tellOwner: JobDefinition<JobFinished> = {
  name: 'jobs.tell-owner',
  payload: events['job.finished'],
}

/** Of jobs that somebody waits for where they started them, as uploads, nobody is told. */
export async function notifyOwner(ctx: Ctx, { jobId, ownerId }: JobFinished): Promise<void> {
  const [run] = await ctx.db.select().from(jobRuns).where(eq(jobRuns.id, jobId))
  if (!run || ctx.notifications.jobs[run.job] === undefined) return
  await transact(ctx, (tx) =>
    notify(ctx, tx, [
      {
        userId: ownerId,
        kind: 'job-finished',
        key: `${jobId}:${run.finishedAt?.getTime() ?? 0}`,
        actorId: null,
        subject: { kind: 'job', id: jobId },
        data: { outcome: run.status === 'succeeded' ? 'is done' : 'has failed' },
      },
    ]),
  )
}

/** By the name that a part of the product gave it, or that it has. */
export const jobSubject = (jobs: NotificationRegistry['jobs']): NotificationSubject => ({
  isVisible: (_db, { id }) => sql`exists (select 1 from ${jobRuns}
    where ${jobRuns.id} = ${notifications.subjectId} and ${jobRuns.ownerId} = ${id}::uuid)`,
  async describe(db, ids) {
    const rows = await db
      .select({ id: jobRuns.id, job: jobRuns.job })
      .from(jobRuns)
      .where(inArray(jobRuns.id, [...ids]))
    return rows.map(({ id, job }) => ({ id, ...(jobs[job] ?? { title: job, path: '/' }) }))
  },
})
