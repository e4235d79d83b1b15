import { growth } from '@galley/db/growth'
import { expect, test } from 'vitest'
import { handlersOf } from '../../../src/start-worker.ts'

test('what keeps a table from growing is a job that runs by the clock', () => {
  // Kinds of jobs are listed without what they run with.
  const kinds = handlersOf({} as never, {} as never).map(({ definition }) => definition)
  const byTheClock = new Set(kinds.flatMap(({ name, cron }) => (cron ? [name] : [])))
  const sweeps = Object.values(growth).flatMap((grows) => ('by' in grows ? [grows.by] : []))
  expect(sweeps.filter((name) => !byTheClock.has(name))).toEqual([])
  expect(sweeps).toContain('audit.sweep')
})
