import { createJobs, type Jobs } from '../src/create-jobs.ts'
import type { JobDefinition, JobHandler } from '../src/jobs.ts'
import type { JobWorker } from '../src/worker.ts'
import { useTestDatabase } from '@galley/testing/database'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { silent } from './handle.ts'

/** Jobs on a database of this file's own; workers that a test starts are stopped after it. */
export function useJobs() {
  const database = useTestDatabase()
  let jobs: Jobs | undefined
  const workers: JobWorker[] = []
  const current = () => {
    if (!jobs) throw new Error('Jobs are only there while tests and hooks run')
    return jobs
  }
  beforeAll(() => {
    jobs = createJobs({ url: database.url, db: database.db })
  })
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop(2_000)))
  })
  afterAll(() => jobs?.[Symbol.asyncDispose]())

  return {
    database,
    get queue() {
      return current().queue
    },
    runDue: (...handlers: JobHandler[]) => current().runDue(handlers),
    async startWorker(...handlers: JobHandler[]) {
      const worker = current().startWorker({
        handlers,
        log: silent,
        reasonOf: messageOf,
        failureOf: messageOf,
      })
      workers.push(worker)
      await worker.ready
      return worker
    },
    leave: <Payload>(
      job: JobDefinition<Payload>,
      payload: Payload,
      options?: Parameters<Jobs['queue']['enqueue']>[3],
    ) => database.db.transaction((tx) => current().queue.enqueue(tx, job, payload, options)),
    /** Every job of one kind, as the queue has it. */
    rows: (name: string) => database.sql<JobRow[]>`
      select id, state, retry_count as "retryCount", output, created_on as "createdOn",
        extract(epoch from start_after - now())::float8 as wait
      from pgboss.job where name = ${name} order by created_on`,
  }
}

type JobRow = {
  id: string
  state: string
  retryCount: number
  output: { reason?: string; value?: { message?: string }; message?: string } | null
  createdOn: Date
  wait: number
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'unknown')
