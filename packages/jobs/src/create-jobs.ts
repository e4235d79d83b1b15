import type { Db } from '@galley/db/client'
import type { PgBoss } from 'pg-boss'
import { createAdmin } from './admin.ts'
import { createSender } from './boss.ts'
import { cancelJob } from './cancel.ts'
import { enqueue } from './enqueue.ts'
import type { JobDefinition, JobHandler, JobQueue } from './jobs.ts'
import { createQueue } from './queues.ts'
import { runDue, type Outcome } from './run-due.ts'
import { startWorker, type JobWorker, type WorkerOptions } from './worker.ts'

export type { JobWorker }

export type Jobs = AsyncDisposable & {
  queue: JobQueue
  /** Runs jobs in this process until it is stopped; several may run at once, here and elsewhere. */
  startWorker(options: WorkerOptions): JobWorker
  /** For tests: runs what is due, and what that leaves in turn, until nothing is. */
  runDue(handlers: readonly JobHandler[]): Promise<Outcome[]>
}

/** Jobs on PostgreSQL, by pg-boss. Opens no connection before the first use. */
export function createJobs({ url, db }: { url: string; db: Db }): Jobs {
  const sender = createStarted(() => createSender(url))
  const queues = new Map<string, Promise<void>>()

  const ensureQueue = (boss: PgBoss, job: JobDefinition<unknown>) => {
    const known = queues.get(job.name)
    if (known) return known
    const made = createQueue(boss, job)
    queues.set(job.name, made)
    made.catch(() => queues.delete(job.name))
    return made
  }

  const queueOf = (requestId: string | null): JobQueue => ({
    async enqueue(tx, job, payload, options) {
      const checked = job.payload.parse(payload)
      const boss = await sender.started()
      await ensureQueue(boss, job)
      return enqueue(boss, tx, job, checked, { ...options, requestId })
    },
    forRequest: queueOf,
    cancel: async (tx, job) => cancelJob(await sender.started(), tx, job),
    admin: createAdmin(db, sender.started),
  })

  return {
    queue: queueOf(null),
    startWorker: (options) => startWorker({ url, db }, options),
    async runDue(handlers) {
      const boss = await sender.started()
      for (const { definition } of handlers) await ensureQueue(boss, definition)
      return runDue(boss, db, handlers)
    },
    [Symbol.asyncDispose]: sender.stop,
  }
}

/** Starts on first use; after a failure, such as an unreachable database, again on the next. */
function createStarted(create: () => PgBoss) {
  let starting: Promise<PgBoss> | undefined
  return {
    started(): Promise<PgBoss> {
      if (starting) return starting
      const boss = create()
      // Calls tell of their own failures; this is what its timers meet.
      boss.on('error', () => {})
      starting = boss.start()
      starting.catch(() => {
        starting = undefined
        void boss.stop({ graceful: false })
      })
      return starting
    },
    async stop() {
      const boss = await starting?.catch(() => undefined)
      await boss?.stop({ graceful: false })
    },
  }
}
