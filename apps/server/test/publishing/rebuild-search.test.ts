import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { useTestDatabase } from '@galley/testing/database'
import { expect, test } from 'vitest'
import { ENCRYPTION_KEYS } from '../encryption-keys.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const database = useTestDatabase()

const galley = (...args: string[]) =>
  promisify(execFile)(process.execPath, [main, ...args], {
    env: { NODE_ENV: 'test', DATABASE_URL: database.url, ENCRYPTION_KEYS },
  })

test('galley search rebuild enqueues one job', async () => {
  const { stdout } = await galley('search', 'rebuild')
  const jobs = await database.sql`select id from pgboss.job where name = 'search.rebuild'`
  expect(jobs).toHaveLength(1)
  expect(stdout).toBe(`Job ${jobs[0]?.id} rebuilds the search index as soon as a worker is free.\n`)
  expect((await galley('search', 'rebuild')).stdout).toMatch(/already/)
  await expect(galley('search', 'rebuild', 'all')).rejects.toMatchObject({ code: 2 })
}, 60_000)
