import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { useJobs } from './jobs.ts'
import { longJob, paidJob } from './process-jobs.ts'
import { administer } from './administer.ts'

const JOBS = 60
const KILLS = 20
const AT_ONCE = 2

const jobs = useJobs()
const children: ChildProcess[] = []

beforeAll(async () => {
  await administer(jobs.database.adminUrl, [
    'create table starts (n int)',
    'create table payments (n int)',
    'grant select, insert on starts, payments to public',
  ])
})
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child, 'SIGKILL')
})

async function kill(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}

/** A real worker process; `saw` resolves when it says a line that begins so. */
function startProcess() {
  const path = fileURLToPath(new URL('worker-process.ts', import.meta.url))
  const child = spawn(process.execPath, [path, jobs.database.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const lines: string[] = []
  createInterface(child.stdout).on('line', (line) => lines.push(line))
  const saw = (start: string, timeout = 60_000) =>
    expect.poll(() => lines.filter((line) => line.startsWith(start)).length, {
      timeout,
      interval: 10,
      message: start,
    })
  return { child, saw }
}

test('a job whose worker is killed is taken up by another well within a minute', async () => {
  const first = startProcess()
  await jobs.leave(longJob, {})
  await first.saw('long 1').toBe(1)
  const second = startProcess()
  await second.saw('ready').toBe(1)
  await kill(first.child, 'SIGKILL')
  const killedAt = performance.now()
  await second.saw('long 2', 40_000).toBe(1)
  expect(performance.now() - killedAt).toBeLessThan(30_000)
}, 180_000)

test('SIGTERM hands an unfinished job back: the next worker takes it at once, and it costs no attempt', async () => {
  await jobs.database.sql`delete from pgboss.job`
  const first = startProcess()
  await jobs.leave(longJob, {})
  await first.saw('long 1').toBe(1)
  const second = startProcess()
  await second.saw('ready').toBe(1)
  // The one that is busy ends: what it holds goes to the other.
  await kill(first.child, 'SIGTERM')
  expect(first.child.exitCode).toBe(0)
  // Sooner than its missing heartbeat would be noticed.
  await second.saw('long 2', 8_000).toBe(1)
  const [row] = await jobs.database.sql`
    select retry_count as "retries", retry_limit as "limit" from pgboss.job where name = ${longJob.name}`
  expect(row).toEqual({ retries: 1, limit: 2 })
}, 180_000)

async function killOneAtWork() {
  const { child, saw } = startProcess()
  await saw('started', 60_000).toBeGreaterThan(0)
  await sleep(Math.random() * 150)
  await kill(child, 'SIGKILL')
}

test(`${KILLS} kills while ${JOBS} jobs run: every effect happens once`, async () => {
  await jobs.database.sql`delete from pgboss.job`
  for (let n = 0; n < JOBS; n += 1) await jobs.leave(paidJob, { n })
  for (let killed = 0; killed < KILLS; killed += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, killOneAtWork))
  }
  startProcess()
  await expect
    .poll(async () => (await jobs.rows(paidJob.name)).filter((row) => row.state === 'completed'), {
      timeout: 120_000,
      interval: 500,
    })
    .toHaveLength(JOBS)
  const { sql } = jobs.database
  const payments = await sql`select n, count(*)::int as times from payments group by n order by n`
  expect(payments).toEqual(Array.from({ length: JOBS }, (_, n) => ({ n, times: 1 })))
  const [starts] = await sql`select count(*)::int as count from starts`
  expect(starts?.count).toBeGreaterThan(JOBS + KILLS / 2)
}, 240_000)
