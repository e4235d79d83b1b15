import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '@galley/db/client'
import { transaction } from '@galley/db/transaction'
import { sql } from 'drizzle-orm'
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { attempt, type AttemptLog } from './attempt.ts'
import { createRunner, inTransaction } from './boss.ts'
import { watchClock } from './clock.ts'
import type { JobDefinition, JobHandler } from './jobs.ts'
import { createOutage } from './outage.ts'
import { startPoll, type Poll } from './poll.ts'
import { DEFAULT_CONCURRENCY, shortenClock, updateQueue } from './queues.ts'
import { scheduledJob } from './stored.ts'

export type WorkerOptions = {
  handlers: readonly JobHandler[]
  /** Work that lies elsewhere than in the queues. */
  polls?: readonly Poll[]
  log: AttemptLog
  /** What of an error may be stored and shown to operators. */
  reasonOf(error: unknown): string
  /** What the owner of a job may read of an error: a stable reason. */
  failureOf(error: unknown): string
}

export type JobWorker = {
  /** Resolves once it takes jobs; it goes on trying until it reaches the database. */
  ready: Promise<void>
  /** For how long none of its polls has got further: some seconds, also while the database is away. More is a fault of this process. */
  silentMs(): number
  /**
   * Takes no more jobs, gives those that run half of the time to finish, hands the others back for the next worker, and
   * ends. Returns within the time, whatever the database does.
   */
  stop(limitMs: number): Promise<void>
}

/** The most connections that a worker opens, beside the one on which it listens. */
const MAX_CONNECTIONS = 4

export type WorkerSource = {
  url: string
  db: Db
  /** Told of the pg-boss whose connections it uses. */
  onOpened(boss: PgBoss): void
}

/** Runs jobs until it is stopped. */
export function startWorker(
  { url, db, onOpened }: WorkerSource,
  { handlers, polls = [], log, reasonOf, failureOf }: WorkerOptions,
): JobWorker {
  const boss = createRunner(url, MAX_CONNECTIONS)
  onOpened(boss)
  const outage = createOutage(log, () => db.execute(sql`select 1`))
  boss.on('error', outage.failed)
  boss.on('warning', ({ message }) => log.warn({ reason: message }, 'job queue warns'))
  const running = new Map<JobWithMetadata<unknown>, Promise<unknown>>()
  const ending = new AbortController()
  const stopping = new AbortController()

  const take = async (handler: JobHandler, [job]: JobWithMetadata<unknown>[]) => {
    if (!job) return []
    const result = attempt(handler, job, { db, log, reasonOf, failureOf, ending: ending.signal })
    running.set(job, result)
    try {
      return [await result]
    } finally {
      running.delete(job)
    }
  }

  /** Takes one job of a kind after the other. */
  const work = async (handler: JobHandler) => {
    const id: string = await boss.work<unknown, unknown, typeof workOptions>(
      handler.definition.name,
      workOptions,
      (jobs) => {
        boss.notifyWorker(id) // to look for the next one at once, rather than in a second
        return take(handler, jobs)
      },
    )
  }

  const ready = untilDone(stopping.signal, log, async () => {
    await boss.start()
    await shortenClock(boss)
    for (const { definition } of handlers) await updateQueue(boss, definition)
    await keepSchedule(
      boss,
      handlers.map(({ definition }) => definition),
    )
    if (stopping.signal.aborted) return
    for (const handler of handlers) {
      const { concurrency = DEFAULT_CONCURRENCY } = handler.definition
      for (let n = 0; n < concurrency; n += 1) await work(handler)
    }
    log.info({ queues: handlers.length }, 'worker takes jobs')
  })
  const clock = watchClock(db, log)
  const runningPolls = polls.map((poll) => startPoll(poll, outage.failed))

  return {
    ready,
    silentMs: () => Math.max(0, ...runningPolls.map((poll) => poll.silentMs())),
    async stop(limitMs) {
      stopping.abort()
      outage.stop()
      const polling = [clock, ...runningPolls].map((each) => each.stop())
      for (const { definition } of handlers) void boss.offWork(definition.name, { wait: false })
      await within(limitMs / 2, Promise.allSettled([...running.values(), ...polling]))
      const unfinished = [...running.keys()]
      if (unfinished.length > 0) {
        log.info({ count: unfinished.length }, 'unfinished jobs handed back')
        await within(limitMs / 4, handBack(boss, db, unfinished))
      }
      ending.abort(new Error('The worker ends'))
      await within(limitMs / 4, boss.stop({ graceful: false }))
    },
  }
}

const workOptions = {
  includeMetadata: true,
  perJobResults: true,
  // Notifications wake a worker at once; it looks by itself for what falls due and for jobs without a notification.
  pollingIntervalSeconds: 1,
  notifyPollingIntervalSeconds: 1,
  heartbeatRefreshSeconds: 3,
} as const

const MAX_PAUSE_MS = 5_000

/** Tries until it works: a worker may start before its database does. */
async function untilDone(signal: AbortSignal, log: AttemptLog, work: () => Promise<void>) {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      return await work()
    } catch (error) {
      if (signal.aborted) return
      if (failures === 0) log.warn({ err: error }, 'worker could not start, tries until it can')
      await sleep(Math.min(250 * 2 ** failures, MAX_PAUSE_MS), undefined, { signal }).catch(
        () => {},
      )
    }
  }
}

/** Waits for `work` no longer than so; its failure is nothing that a process which ends could mend. */
async function within(ms: number, work: Promise<unknown>) {
  const timer = new AbortController()
  const late = sleep(ms, undefined, { signal: timer.signal }).catch(() => {})
  await Promise.race([work.catch(() => {}), late])
  timer.abort()
}

/**
 * Puts jobs that a worker cannot finish back into their queues, to be taken at once. pg-boss itself fails them at its
 * end, which costs them an attempt and a wait. Only the attempt that this worker holds is handed back.
 */
async function handBack(boss: PgBoss, db: Db, jobs: readonly JobWithMetadata<unknown>[]) {
  await Promise.all(
    jobs.map((job) =>
      transaction(db, async (tx) => {
        const options = inTransaction(tx)
        const { name, id, retryCount, retryLimit } = job
        await boss.cancel(name, { id, retryCount }, options)
        await boss.resume(name, id, options)
        // Taking it again counts as a retry.
        await boss.update(name, undefined, { id, retryLimit: retryLimit + 1, ...options })
      }),
    ),
  )
}

/** Makes the timetable that of these definitions. Workers share it: whichever comes first at a time leaves the job. */
async function keepSchedule(boss: PgBoss, jobs: readonly JobDefinition<unknown>[]) {
  const scheduled = new Map(jobs.flatMap(({ name, cron }) => (cron ? [[name, cron] as const] : [])))
  for (const [name, cron] of scheduled) {
    await boss.schedule(name, cron, scheduledJob, { tz: 'UTC', missed: 'once' })
  }
  for (const { name } of await boss.getSchedules()) {
    if (!scheduled.has(name)) await boss.unschedule(name)
  }
}
