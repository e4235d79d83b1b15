import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { AppDeps } from '../src/ctx.ts'
import { jobHandlers, type RegisteredJob } from '../src/job-registry.ts'
import type { useTestDomain } from './context.ts'

/** For every kind of job, by its name, something that it has to do: its payload. */
export type Scenarios = Record<string, () => Promise<object>>

type Options<Deps extends AppDeps> = {
  domain: Pick<ReturnType<typeof useTestDomain>, 'anonymous' | 'database' | 'runJobs'>
  jobs: readonly RegisteredJob<Deps>[]
  scenarios: Scenarios
  /** Adapters of the test's own. */
  replaced?: Partial<AppDeps>
  /** What a job may do outside the database. */
  more?: () => object
  /** What counts of a row, where not all of it does; undefined where nothing does. */
  counts?: (row: Record<string, unknown>, table: string) => object | undefined
}

const noLog = { info() {}, warn() {}, error() {}, child: () => noLog }

/** Tries that each kind of job does once what it does, though it runs twice. A kind without a scenario fails. */
export function tryTwice<Deps extends AppDeps>({
  domain: { anonymous, database, runJobs },
  jobs,
  scenarios,
  replaced,
  more,
  counts = (row) => row,
}: Options<Deps>) {
  const definitions = jobHandlers(jobs, { deps: {} as never, log: noLog }).map(
    ({ definition }) => definition,
  )

  describe('RE2 a job that runs twice does what it does once', () => {
    test.each(definitions)('$name', async (definition) => {
      const { name } = definition
      const payload = await scenarios[name]?.()
      if (!payload) throw new Error('Name what this kind of job is tried with')
      await database.sql`delete from pgboss.job`
      const id = await anonymous().jobs.enqueue(database.db, definition, payload)
      if (!id) throw new Error('The job was not taken')
      const run = () => runJobs({ only: name, ...replaced })
      const before = await look(id)
      expect(await run()).toEqual([{ name, id }])
      const once = await look(id)
      expect(once).not.toEqual(before)
      // As after a worker that died between the effect and the end of its job.
      await database.sql`
        update pgboss.job set state = 'retry', start_after = now(), completed_on = null where id = ${id}`
      expect(await run()).toEqual([{ name, id }])
      expect(await look(id)).toEqual(once)
    })
  })

  /** Every row of every table, the other jobs, and what else there is. */
  async function look(jobId: string) {
    const tables = await database.sql<{ name: string }[]>`
      select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`
    const rows = new Map<string, unknown>()
    for (const { name } of tables) {
      const found = await database.db.execute<{ row: Record<string, unknown> }>(
        sql`select to_jsonb(t) as row from ${sql.identifier(name)} t order by to_jsonb(t)::text`,
      )
      rows.set(
        name,
        found.map(({ row }) => counts(row, name)).filter((row) => row !== undefined),
      )
    }
    const others = await database.sql`
      select name, data from pgboss.job where id <> ${jobId} order by id`
    return { rows, others, ...more?.() }
  }
}
