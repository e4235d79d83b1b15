import { outbox } from '@galley/db/schema'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { JobDefinition } from '../src/jobs.ts'
import { handle } from './handle.ts'
import { useJobs } from './jobs.ts'

const jobs = useJobs()

const count: JobDefinition<{ n: number }> = {
  name: 'test.count',
  payload: z.strictObject({ n: z.int() }),
}

test('a job is left in the transaction that causes it, and a rollback leaves none', async () => {
  const id = await jobs.leave(count, { n: 1 })
  const failed = jobs.database.db.transaction(async (tx) => {
    await jobs.queue.enqueue(tx, count, { n: 2 })
    await tx.insert(outbox).values({ event: 'test', payload: {}, requestId: 'test' })
    throw new Error('rolled back')
  })
  await expect(failed).rejects.toThrow('rolled back')
  expect(await jobs.rows(count.name)).toMatchObject([{ id, state: 'created' }])
  const seen: number[] = []
  await jobs.runDue(handle(count, ({ n }) => void seen.push(n)))
  expect(seen).toEqual([1])
})

test('a payload that does not fit is refused, and leaves nothing', async () => {
  const before = (await jobs.rows(count.name)).length
  await expect(jobs.leave(count, { n: 1.5 })).rejects.toThrow(z.ZodError)
  expect(await jobs.rows(count.name)).toHaveLength(before)
})

test('a payload that a newer release left is given up at once, without its values', async () => {
  const newer = { ...count, payload: z.object({ n: z.string() }) }
  const id = await jobs.leave(newer, { n: 'a secret' })
  await jobs.startWorker(handle(count, () => expect.unreachable()))
  await expect
    .poll(async () => (await jobs.rows(count.name)).find((row) => row.id === id))
    .toMatchObject({ state: 'failed', retryCount: 0 })
  const [letter] = await jobs.queue.admin.listFailed({ after: null, limit: 5 })
  expect(letter).toMatchObject({ queue: count.name, attempts: 1 })
  expect(letter?.reason).toBe('The payload does not fit the job.')
})

test('of twenty jobs with one key that are left at once, one is taken', async () => {
  const keyed = { ...count, name: 'test.keyed' }
  const leave = () => jobs.leave(keyed, { n: 1 }, { key: 'the key' })
  const ids = await Promise.all(Array.from({ length: 20 }, leave))
  expect(ids.filter((id) => id !== null)).toHaveLength(1)
  expect(await jobs.rows(keyed.name)).toHaveLength(1)
  expect(await jobs.leave(keyed, { n: 1 }, { key: 'another' })).not.toBeNull()
  await jobs.runDue(handle(keyed, () => {}))
  expect(await leave()).not.toBeNull()
})

test('a key is held while its job runs', async () => {
  const keyed = { ...count, name: 'test.held' }
  const leave = () => jobs.leave(keyed, { n: 1 }, { key: 'one' })
  await leave()
  const during: unknown[] = []
  await jobs.runDue(handle(keyed, async () => void during.push(await leave())))
  expect(during).toEqual([null])
})

test('a job may wait until a moment', async () => {
  const later = { ...count, name: 'test.later' }
  await jobs.leave(later, { n: 1 }, { startAfter: new Date(Date.now() + 60_000) })
  expect(await jobs.runDue(handle(later, () => expect.unreachable()))).toEqual([])
  const [row] = await jobs.rows(later.name)
  expect(row?.wait).toBeGreaterThan(55)
})

test('the id of the request comes with the job, and its trace', async () => {
  const traced = { ...count, name: 'test.traced' }
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  await jobs.database.db.transaction((tx) =>
    jobs.queue.forRequest({ requestId: 'request-1', traceparent }).enqueue(tx, traced, { n: 1 }),
  )
  const seen: unknown[] = []
  await jobs.runDue(
    handle(traced, (_payload, job) => {
      seen.push(job.requestId, job.traceparent, job.attempt)
    }),
  )
  expect(seen).toEqual(['request-1', traceparent, 1])
})
