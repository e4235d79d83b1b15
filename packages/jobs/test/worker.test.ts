import { setTimeout as sleep } from 'node:timers/promises'
import { jobEffects } from '@galley/db/schema'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { JobDefinition } from '../src/jobs.ts'
import { handle } from './handle.ts'
import { useJobs } from './jobs.ts'

const jobs = useJobs()
const n = z.strictObject({ n: z.int() })
const kind = (
  name: string,
  more: Partial<JobDefinition<{ n: number }>> = {},
): JobDefinition<{ n: number }> => ({ name: `test.${name}`, payload: n, ...more })

const state = async (job: { name: string }) => (await jobs.rows(job.name)).map((row) => row.state)
const within = { timeout: 12_000, interval: 50 }

test('a worker is woken by a job, well before it would look by itself', async () => {
  const job = kind('wake')
  let tookMs = Infinity
  let leftAt = 0
  await jobs.startWorker(handle(job, () => void (tookMs = performance.now() - leftAt)))
  await sleep(300)
  leftAt = performance.now()
  await jobs.leave(job, { n: 1 })
  await expect.poll(() => tookMs, within).toBeLessThan(600)
})

test('a job that fails is tried again, later each time and never at the same distance', async () => {
  const job = kind('backoff', { retries: 2 })
  const at = new Map<number, number[]>()
  await jobs.startWorker(
    handle(job, ({ n }) => {
      at.set(n, [...(at.get(n) ?? []), performance.now()])
      throw new Error(`attempt ${at.get(n)?.length}`)
    }),
  )
  await Promise.all([1, 2, 3, 4].map((n) => jobs.leave(job, { n })))
  await expect.poll(() => state(job), within).toEqual(Array(4).fill('failed'))
  const attempts = [...at.values()]
  expect(attempts.map((times) => times.length)).toEqual([3, 3, 3, 3])
  const rows = await jobs.rows(job.name)
  expect(rows.map((row) => row.output?.reason)).toEqual(Array(4).fill('attempt 3'))
})

test('the wait doubles, and jitter halves it at most', async () => {
  const job = kind('wait', { retries: 6 })
  const waits = new Map<number, number[]>()
  for (let n = 0; n < 8; n += 1) await jobs.leave(job, { n })
  for (let attempt = 1; attempt <= 4; attempt += 1) {
    await jobs.runDue(
      handle(job, () => {
        throw new Error('no')
      }),
    )
    const rows = await jobs.rows(job.name)
    waits.set(
      attempt,
      rows.map((row) => row.wait),
    )
    await jobs.database.sql`update pgboss.job set start_after = now() where name = ${job.name}`
  }
  for (const [attempt, seconds] of waits) {
    expect(Math.min(...seconds)).toBeGreaterThan(2 ** attempt / 2 - 0.7)
    expect(Math.max(...seconds)).toBeLessThanOrEqual(2 ** attempt)
    expect(new Set(seconds.map((s) => s.toFixed(2))).size).toBeGreaterThan(1)
  }
})

test('an attempt that takes too long is ended, and its signal tells', async () => {
  const job = kind('slow', { retries: 0, timeoutSeconds: 1 })
  const aborted: unknown[] = []
  await jobs.startWorker(
    handle(job, async (_payload, { signal }) => {
      await sleep(30_000, undefined, { signal }).catch(() => aborted.push(signal.aborted))
    }),
  )
  const startedAt = performance.now()
  await jobs.leave(job, { n: 1 })
  await expect.poll(() => state(job), within).toEqual(['failed'])
  expect(performance.now() - startedAt).toBeLessThan(5_000)
  expect(aborted).toEqual([true])
  const [letter] = await jobs.queue.admin.listFailed({ queue: job.name, after: null, limit: 1 })
  expect(letter?.reason).toMatch(/exceeded 1s/)
})

test('RE15: jobs that always fail do not hold up the others of their queue', async () => {
  const job = kind('poison', { retries: 5, concurrency: 1 })
  const done: number[] = []
  await jobs.startWorker(
    handle(job, ({ n }) => {
      if (n < 0) throw new Error('poison')
      done.push(n)
    }),
  )
  for (const n of [-1, 1, -2, 2, -3, 3]) await jobs.leave(job, { n })
  await expect.poll(() => done, within).toEqual([1, 2, 3])
  expect((await state(job)).filter((s) => s === 'retry')).toHaveLength(3)
})

test('no more of a kind run at a time than it allows', async () => {
  const job = kind('narrow', { concurrency: 3 })
  let running = 0
  let most = 0
  await jobs.startWorker(
    handle(job, async () => {
      most = Math.max(most, (running += 1))
      await sleep(100)
      running -= 1
    }),
  )
  for (let n = 0; n < 15; n += 1) await jobs.leave(job, { n })
  await expect.poll(() => state(job), within).toEqual(Array(15).fill('completed'))
  expect(most).toBe(3)
})

test('of several workers one takes a job', async () => {
  const job = kind('shared')
  const done: number[] = []
  const handler = handle(job, async ({ n }) => {
    await sleep(20)
    done.push(n)
  })
  await Promise.all([jobs.startWorker(handler), jobs.startWorker(handler)])
  const numbers = Array.from({ length: 30 }, (_, n) => n)
  await Promise.all(numbers.map((n) => jobs.leave(job, { n })))
  await expect.poll(() => state(job), within).toEqual(Array(30).fill('completed'))
  expect(done.toSorted((a, b) => a - b)).toEqual(numbers)
})

test('a job that was cancelled does not start; one that runs is aborted, and does not run again', async () => {
  const job = kind('cancelled', { concurrency: 1 })
  let starts = 0
  const aborted: boolean[] = []
  const first = await jobs.leave(job, { n: 1 })
  const second = await jobs.leave(job, { n: 2 })
  const cancel = (id: string | null) =>
    jobs.database.db.transaction((tx) => jobs.queue.cancel(tx, { name: job.name, id: id ?? '' }))
  await jobs.startWorker(
    handle(job, async (_payload, { signal }) => {
      starts += 1
      await sleep(30_000, undefined, { signal }).catch(() => aborted.push(signal.aborted))
    }),
  )
  await expect.poll(() => starts, within).toBe(1)
  await cancel(second)
  await cancel(first)
  await expect.poll(() => aborted, within).toEqual([true])
  expect(await state(job)).toEqual(['cancelled', 'cancelled'])
  expect(starts).toBe(1)
})

test('an effect that is marked in its transaction is done once, however often the job runs', async () => {
  const job = kind('effect')
  const first: boolean[] = []
  let fails = true
  const handler = handle(job, async (_payload, { once }) => {
    await jobs.database.db.transaction(async (tx) => void first.push(await once(tx, 'write')))
    if (fails) throw new Error('after the effect')
  })
  const id = await jobs.leave(job, { n: 1 })
  await jobs.runDue(handler)
  await jobs.database.sql`update pgboss.job set start_after = now() where name = ${job.name}`
  fails = false
  await jobs.runDue(handler)
  expect(first).toEqual([true, false])
  expect(await jobs.database.db.select().from(jobEffects)).toMatchObject([{ jobId: id }])
})

test('a dead letter is retried under its old id with all attempts, or discarded', async () => {
  const job = kind('dead', { retries: 0 })
  const ids: string[] = []
  let fails = true
  const handler = handle(job, (_payload, { id, attempt }) => {
    ids.push(`${id} ${attempt}`)
    if (fails) throw new Error('because')
  })
  const id = await jobs.leave(job, { n: 1 })
  await jobs.leave(job, { n: 2 })
  await jobs.runDue(handler)
  const { admin } = jobs.queue
  const list = () => admin.listFailed({ queue: job.name, after: null, limit: 10 })
  const letters = await list()
  expect(letters).toMatchObject([
    { queue: job.name, attempts: 1, reason: 'Error' },
    { queue: job.name, attempts: 1, reason: 'Error' },
  ])
  const { db } = jobs.database
  const [newest, oldest] = letters
  const after = newest && ([newest.failedAt.getTime(), newest.id] as [number, string])
  expect(await admin.listFailed({ queue: job.name, after: after ?? null, limit: 10 })).toEqual([
    oldest,
  ])
  const both = letters.map((letter) => ({ queue: letter.queue, id: letter.id }))
  const results = await Promise.all(both.map((one) => admin.retryFailed(db, one)))
  expect(results).toEqual([true, true])
  expect(await list()).toEqual([])
  fails = false
  await jobs.runDue(handler)
  expect(ids.filter((seen) => seen === `${id} 1`)).toHaveLength(2)
  expect(await admin.discardFailed(db, both[0] ?? { queue: '', id: '' })).toBe(false)
  fails = true
  await jobs.leave(job, { n: 3 })
  await jobs.runDue(handler)
  const [third] = await list()
  expect(await admin.discardFailed(db, { queue: job.name, id: third?.id ?? '' })).toBe(true)
  expect(await list()).toEqual([])
  expect((await admin.queues()).find(({ name }) => name === job.name)).toMatchObject({
    waiting: 0,
    active: 0,
    failed: 0,
    completed: 2,
  })
})
