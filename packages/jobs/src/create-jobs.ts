import { randomUUIDv7 } from 'node:crypto'
import type { Db, Queryable } from '@galley/db/client'
import { jobRuns } from '@galley/db/schema'
import { currentTraceparent } from '@galley/tracing/span'
import { sql } from 'drizzle-orm'
import type { PgBoss } from 'pg-boss'
import { createAdmin } from './admin.ts'
import type { EnqueueOptions, JobCause, JobDefinition, JobHandler, JobQueue } from './jobs.ts'
import { countsOf, type PoolCounts } from './pool-counts.ts'
import { createQueue } from './queues.ts'
import { runDue, type Outcome } from './run-due.ts'
import type { StoredJob } from './stored.ts'
import { createStarted, inTransaction } from './started.ts'
import type { JobWorker, WorkerOptions, WorkerSource } from './worker.ts'

export type { JobWorker, Outcome, WorkerOptions }

export type Jobs = AsyncDisposable & {
  queue: JobQueue
  /** Runs jobs in this process until it is stopped; several may run at once, here and elsewhere. */
  startWorker(options: WorkerOptions): JobWorker
  /** For tests: runs what is due, and what that leaves in turn, until nothing is. */
  runDue(
    handlers: readonly JobHandler[],
    failureOf?: WorkerOptions['failureOf'],
  ): Promise<Outcome[]>
  /** The connections that pg-boss keeps by itself: those that jobs are left by, and those of a worker. */
  pools(): PoolCounts[]
}

/** Jobs on PostgreSQL, by pg-boss. Opens no connection before the first use. */
export function createJobs({ url, db }: { url: string; db: Db }): Jobs {
  const opened = new Map<string, PgBoss>()
  const noted = (name: string) => (boss: PgBoss) => void opened.set(name, boss)
  const sender = createStarted(
    async () => (await import('./boss.ts')).createSender(url),
    noted('galley-jobs-sender'),
  )
  const queues = new Map<string, Promise<void>>()

  const ensureQueue = (boss: PgBoss, job: JobDefinition<unknown>) => {
    const known = queues.get(job.name)
    if (known) return known
    const made = createQueue(boss, job)
    queues.set(job.name, made)
    made.catch(() => queues.delete(job.name))
    return made
  }

  const queueOf = (cause: JobCause): JobQueue => ({
    async enqueue(tx, job, payload, options) {
      const checked = job.payload.parse(payload)
      const boss = await sender.started()
      await ensureQueue(boss, job)
      return enqueue(boss, tx, job, checked, { ...options, ...cause })
    },
    forRequest: queueOf,
    cancel: async (tx, job) => cancelJob(await sender.started(), tx, job),
    admin: createAdmin(db, sender.started),
  })

  return {
    queue: queueOf({ requestId: null }),
    startWorker: (options) => startLater({ url, db, onOpened: noted('galley-jobs') }, options),
    async runDue(handlers, failureOf = String) {
      const boss = await sender.started()
      for (const { definition } of handlers) await ensureQueue(boss, definition)
      return runDue(boss, db, handlers, failureOf)
    },
    pools: () => [...opened].flatMap(([name, boss]) => countsOf(name, boss)),
    [Symbol.asyncDispose]: sender.stop,
  }
}

/** Leaves one job in the caller's transaction. Its queue must be there. */
async function enqueue<Payload>(
  boss: PgBoss,
  tx: Queryable,
  job: JobDefinition<Payload>,
  payload: Payload,
  { key, startAfter, ownerId, shared, requestId, traceparent: cause }: EnqueueOptions & JobCause,
): Promise<string | null> {
  const id = randomUUIDv7()
  const traceparent = currentTraceparent() ?? cause ?? undefined
  const stored: StoredJob = { payload, requestId, traceparent, followed: ownerId !== undefined }
  const taken = await boss.send(job.name, stored, {
    id,
    singletonKey: key ?? id,
    ...(startAfter && { startAfter }),
    ...(await inTransaction(tx)),
  })
  if (taken && ownerId) await tx.insert(jobRuns).values({ id, job: job.name, ownerId, shared })
  return taken
}

/** Cancels what is left of a job: itself, or what an operator's retry made of it. */
async function cancelJob(boss: PgBoss, tx: Queryable, { name, id }: { name: string; id: string }) {
  const found = await tx.execute<{ id: string }>(sql`
    select id from pgboss.job
    where name = ${name} and (id = ${id} or source_root_id = ${id}) and state < 'completed'`)
  const ids = found.map((row) => row.id)
  if (ids.length > 0) await boss.cancel(name, ids, await inTransaction(tx))
}

/** Loads what works when it is known that this process does. */
function startLater(source: WorkerSource, options: WorkerOptions): JobWorker {
  const begun = performance.now()
  let started: JobWorker | undefined
  const worker = import('./worker.ts').then(
    ({ startWorker }) => (started = startWorker(source, options)),
  )
  return {
    ready: worker.then(({ ready }) => ready),
    silentMs: () => started?.silentMs() ?? performance.now() - begun,
    stop: async (limitMs) => (await worker).stop(limitMs),
  }
}
