import { once } from 'node:events'
import net from 'node:net'
import { createDb } from '@galley/db/client'
import { isConnectionError } from '@galley/db/errors'
import { useTestDatabase } from '@galley/testing/database'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createJobs } from '../src/create-jobs.ts'
import type { JobDefinition } from '../src/jobs.ts'
import { handle, silent } from './handle.ts'

const database = useTestDatabase()
const job: JobDefinition<Record<string, never>> = { name: 'test.lost', payload: z.strictObject({}) }
const cleanUps: (() => unknown)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

/** The database behind a line that can be cut, silenced and mended. */
async function startLine({ open = true } = {}) {
  const { hostname, port } = new URL(database.url)
  const sockets = new Set<net.Socket>()
  let isOpen = open
  const server = net.createServer((near) => {
    if (!isOpen) return near.destroy()
    const far = net.connect(Number(port), hostname)
    near.pipe(far).pipe(near)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => other.destroy())
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  cleanUps.push(() => server.close())
  const address = server.address()
  const url = new URL(database.url)
  url.hostname = '127.0.0.1'
  url.port = String(typeof address === 'object' && address?.port)
  return {
    url: url.href,
    cut() {
      isOpen = false
      for (const socket of sockets) socket.destroy()
    },
    /** Connections are accepted and nothing comes back. */
    silence() {
      for (const socket of sockets) socket.unpipe().pause()
    },
    mend: () => void (isOpen = true),
  }
}

function connect(url: string) {
  const { db, listen, close } = createDb(url, { max: 2 })
  const jobs = createJobs({ url, db })
  cleanUps.push(
    () => close(1),
    () => jobs[Symbol.asyncDispose](),
  )
  return { db, listen, jobs }
}

function startWorker(url: string, run: () => Promise<void> | void) {
  const worker = connect(url).jobs.startWorker({
    handlers: [handle(job, run)],
    log: silent,
    reasonOf: String,
    failureOf: String,
  })
  cleanUps.push(() => worker.stop(2_000))
  return worker
}

const leave = () => {
  const { db, jobs } = connect(database.url)
  return jobs.queue.enqueue(db, job, {})
}

test('a worker that starts before its database does takes up work once it is up', async () => {
  const line = await startLine({ open: false })
  let runs = 0
  startWorker(line.url, () => void (runs += 1))
  await leave()
  line.mend()
  await expect.poll(() => runs).toBe(1)
})

test('a job that cannot be left is a database that is away, not a fault', async () => {
  const line = await startLine({ open: false })
  const { db, jobs } = connect(line.url)
  const refused = await jobs.queue.enqueue(db, job, {}).catch((error: unknown) => error)
  expect(refused).toMatchObject({ message: 'Connection terminated unexpectedly' })
  expect(isConnectionError(refused)).toBe(true)
})

test('a worker that lost its database goes on when it is back', async () => {
  const line = await startLine()
  let runs = 0
  await startWorker(line.url, () => void (runs += 1)).ready
  line.cut()
  await leave()
  line.mend()
  await expect.poll(() => runs).toBe(1)
})

test.for(['cut', 'silence'] as const)(
  'a worker stops in time while it holds a job and its database is gone: %s',
  async (end) => {
    const line = await startLine()
    let runs = 0
    const worker = startWorker(line.url, async () => {
      runs += 1
      await new Promise(() => {})
    })
    await worker.ready
    await leave()
    await expect.poll(() => runs).toBe(1)
    line[end]()
    const startedAt = performance.now()
    await worker.stop(2_000)
    expect(performance.now() - startedAt).toBeLessThan(2_500)
    await database.sql`delete from pgboss.job`
  },
)

test('a poll is woken by notifications, also on the connection after one that was lost', async () => {
  const line = await startLine()
  const { jobs, listen } = connect(line.url)
  const woken: (() => void)[] = []
  let runs = 0
  const worker = jobs.startWorker({
    handlers: [],
    polls: [
      {
        async run() {
          runs += 1
          if (runs === 1) throw new Error('tried again a second later')
          return false
        },
        subscribe: (wake) => listen('test_poll', () => (woken.push(wake), wake())),
      },
    ],
    log: silent,
    reasonOf: String,
    failureOf: String,
  })
  cleanUps.push(() => worker.stop(2_000))
  const notify = () => database.sql`select pg_notify('test_poll', '')`
  await expect.poll(() => runs).toBeGreaterThan(1)
  await notify()
  await expect.poll(() => woken.length).toBe(1)

  line.cut()
  line.mend()
  const heardAgain = async () => {
    await notify()
    return woken.length
  }
  await expect.poll(heardAgain).toBeGreaterThan(1)
  const before = runs
  await expect.poll(() => runs).toBeGreaterThan(before)
})
