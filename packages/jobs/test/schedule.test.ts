import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { JobDefinition } from '../src/jobs.ts'
import { handle } from './handle.ts'
import { useJobs } from './jobs.ts'

const jobs = useJobs()

const yearly: JobDefinition<Record<string, never>> = {
  name: 'test.yearly',
  payload: z.strictObject({}),
  cron: '0 0 1 1 *',
}

test('what falls due runs once, however many workers there are, also when none was there at the time', async () => {
  const runs: number[] = []
  const handler = handle(yearly, () => void runs.push(performance.now()))
  const first = await jobs.startWorker(handler)
  await first.stop(2_000)
  const { sql } = jobs.database
  // As if everything had been down since before last New Year.
  await sql`update pgboss.schedule set created_on = now() - interval '3 years'`
  await sql`update pgboss.version set cron_on = now() - interval '13 months'`
  await Promise.all([1, 2, 3].map(() => jobs.startWorker(handler)))
  await expect.poll(() => runs.length, { timeout: 30_000 }).toBe(1)
  await sleep(3_000)
  expect(runs).toHaveLength(1)
  expect(await jobs.rows(yearly.name)).toMatchObject([{ state: 'completed' }])
  // What a worker that is killed between the clock and the job leaves is taken up after so long.
  const lost = await sql`
    select distinct expire_seconds from pgboss.job where name = '__pgboss__send-it'`
  expect(lost).toEqual([{ expire_seconds: 30 }])
}, 60_000)

test('a job that is no longer on the timetable is taken off it', async () => {
  await jobs.startWorker(handle({ ...yearly, cron: undefined }, () => {}))
  expect(await jobs.database.sql`select name from pgboss.schedule`).toEqual([])
})
