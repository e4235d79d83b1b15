import type { Db } from '@galley/db/client'
import type { PgBoss } from 'pg-boss'
import { attempt, type AttemptOptions } from './attempt.ts'
import type { JobHandler } from './jobs.ts'

/** How one attempt went. */
export type Outcome = { name: string; id: string; error?: unknown }

/** Runs what is due in these queues, one after the other, until nothing is. */
export async function runDue(
  boss: PgBoss,
  db: Db,
  handlers: readonly JobHandler[],
  failureOf: AttemptOptions['failureOf'],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let before = -1; before < outcomes.length;) {
    before = outcomes.length
    for (const handler of handlers) outcomes.push(...(await runQueue(boss, db, handler, failureOf)))
  }
  return outcomes
}

async function runQueue(
  boss: PgBoss,
  db: Db,
  handler: JobHandler,
  failureOf: AttemptOptions['failureOf'],
): Promise<Outcome[]> {
  const { name } = handler.definition
  const outcomes: Outcome[] = []
  const { signal } = new AbortController()
  const fetched = await boss.fetch<unknown>(name, { includeMetadata: true, batchSize: 100 })
  for (const job of fetched) {
    let error: unknown
    const note = (details: { err?: unknown }) => (error = details.err ?? new Error(name))
    // Only its workers give a job a signal, whatever the types say.
    const { status, output } = await attempt(
      handler,
      { ...job, signal },
      {
        db,
        log: { info() {}, warn: note, error: note },
        reasonOf: (reason) => (reason instanceof Error ? reason.name : typeof reason),
        failureOf,
        ending: signal,
      },
    )
    if (status === 'completed') await boss.complete(name, job)
    else await boss.fail(name, job, output)
    outcomes.push({ name, id: job.id, ...(error !== undefined && { error }) })
  }
  return outcomes
}
