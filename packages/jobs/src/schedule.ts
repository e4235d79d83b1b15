import type { PgBoss } from 'pg-boss'
import type { JobDefinition } from './jobs.ts'
import { scheduledJob } from './stored.ts'

/** Makes the timetable that of these definitions. Workers share it: whichever comes first at a time leaves the job. */
export async function keepSchedule(boss: PgBoss, jobs: readonly JobDefinition<unknown>[]) {
  const scheduled = new Map(jobs.flatMap(({ name, cron }) => (cron ? [[name, cron] as const] : [])))
  for (const [name, cron] of scheduled) {
    await boss.schedule(name, cron, scheduledJob, { tz: 'UTC', missed: 'once' })
  }
  for (const { name } of await boss.getSchedules()) {
    if (!scheduled.has(name)) await boss.unschedule(name)
  }
}
