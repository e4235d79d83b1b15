import { useTestDatabase } from '@galley/testing/database'
import { expect, test } from 'vitest'
import { runProgram } from '../program.ts'

const database = useTestDatabase()

const galley = (...args: string[]) =>
  runProgram('cli/main.ts', { DATABASE_URL: database.url }, args)

test('galley search rebuild enqueues one job', async () => {
  const { stdout } = await galley('search', 'rebuild')
  const jobs = await database.sql`select id from pgboss.job where name = 'search.rebuild'`
  expect(jobs).toHaveLength(1)
  expect(stdout).toBe(`Job ${jobs[0]?.id} rebuilds the search index as soon as a worker is free.\n`)
  expect((await galley('search', 'rebuild')).stdout).toMatch(/already/)
  expect(await galley('search', 'rebuild', 'all')).toMatchObject({ code: 2 })
}, 60_000)
