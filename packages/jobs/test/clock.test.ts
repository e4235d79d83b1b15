import { expect, test } from 'vitest'
import { z } from 'zod'
import type { JobDefinition } from '../src/jobs.ts'
import { handle } from './handle.ts'
import { useJobs } from './jobs.ts'

const jobs = useJobs()

const once: JobDefinition<{ n: number }> = {
  name: 'test.once',
  payload: z.strictObject({ n: z.number() }),
}

test('when the clock of the database has gone back, jobs do not wait for the time that it said before', async () => {
  const { sql } = jobs.database
  const done: number[] = []
  const handler = handle(once, ({ n }) => void done.push(n))
  const first = await jobs.startWorker(handler)
  await expect
    .poll(() => sql`select from pgboss.version where cron_on is not null`, { timeout: 60_000 })
    .toHaveLength(1)
  await first.stop(2_000)
  for (const n of [1, 2, 3, 4]) await jobs.leave(once, { n })
  const later = new Date(Date.now() + 2 * 3_600_000)
  await jobs.leave(once, { n: 5 }, { startAfter: later })
  // As an hour ago, when the clock was an hour ahead: left, failed once, and taken by a worker that has died since.
  await sql`update pgboss.job set created_on = created_on + interval '1 hour',
    start_after = greatest(start_after, created_on + interval '1 hour') where name = ${once.name}`
  await sql`update pgboss.job set state = 'retry', retry_count = 1, started_on = created_on,
    start_after = start_after + interval '1 minute' where name = ${once.name} and data -> 'payload' ->> 'n' = '2'`
  await sql`update pgboss.job set state = 'active', started_on = created_on, heartbeat_on = created_on
    where name = ${once.name} and data -> 'payload' ->> 'n' = '3'`
  await sql`update pgboss.version set cron_on = now() + interval '1 hour'`
  await sql`update pgboss.queue set monitor_on = now() + interval '1 hour', monitor_claim_on = now() + interval '1 hour'`

  await jobs.startWorker(handler)
  await expect.poll(() => done.toSorted((a, b) => a - b), { timeout: 40_000 }).toEqual([1, 2, 3, 4])
  const [row] =
    await sql`select cron_on <= now() + interval '1 second' as "isNow" from pgboss.version`
  expect(row).toEqual({ isNow: true })
  expect((await jobs.rows(once.name)).filter(({ state }) => state === 'created')).toHaveLength(1)
}, 120_000)
