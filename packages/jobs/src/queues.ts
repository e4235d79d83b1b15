import type { PgBoss, QueueOptions } from 'pg-boss'
import type { JobDefinition } from './jobs.ts'

/** Where jobs go that failed at their last attempt. */
export const DEAD_LETTERS = 'dead-letters'

export const DEFAULT_CONCURRENCY = 2

const DAY_SECONDS = 24 * 60 * 60

/** What jobs of this kind get from their queue. */
function optionsOf(job: JobDefinition<unknown>): QueueOptions & { notify: boolean } {
  return {
    retryLimit: job.retries ?? 5,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 5 * 60,
    expireInSeconds: job.timeoutSeconds ?? 60,
    heartbeatSeconds: 10, // the least that pg-boss allows
    retentionSeconds: 14 * DAY_SECONDS,
    deleteAfterSeconds: DAY_SECONDS,
    notify: true,
  }
}

/** Makes the queue of this kind of job unless it is there: a row, which the server's role may insert. */
export async function createQueue(boss: PgBoss, job: JobDefinition<unknown>) {
  await createDeadLetters(boss)
  await boss.createQueue(job.name, {
    ...optionsOf(job),
    // One job a key, waiting or running. Jobs without a key get one of their own.
    policy: 'exclusive',
    deadLetter: DEAD_LETTERS,
  })
}

/** The same, and gives a queue of an older release the present options. */
export async function updateQueue(boss: PgBoss, job: JobDefinition<unknown>) {
  await createQueue(boss, job)
  await boss.updateQueue(job.name, optionsOf(job))
}

/**
 * From pg-boss's own queue what falls due by the clock becomes jobs, an insert each. One that is lost with its worker would wait
 * for a quarter of an hour, and what it is for with it.
 */
export const shortenClock = (boss: PgBoss) =>
  boss.updateQueue('__pgboss__send-it', { expireInSeconds: 30 })

const createDeadLetters = (boss: PgBoss) =>
  boss.createQueue(DEAD_LETTERS, {
    retentionSeconds: 30 * DAY_SECONDS,
    deleteAfterSeconds: DAY_SECONDS,
  })
