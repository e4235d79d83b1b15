import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabaseUrl } from '../src/env.ts'
import { noRedis } from '../src/redis-binary.ts'
import { appendCounts, readCounts, type Counts } from './counts.ts'
import { run } from './run.ts'

/**
 * The README's test command. Unit, integration and HTTP tests first (Vitest), then the production build in a real
 * browser (Playwright), and what a visitor does first under `pnpm dev`; closes with the sum. Words after the command go to Vitest alone: `pnpm test articles`.
 */
const filters = process.argv.slice(2)
const reports = {
  vitest: join(tmpdir(), `vitest-${process.pid}.json`),
  playwright: join(tmpdir(), `e2e-${process.pid}.json`),
  development: join(tmpdir(), `e2e-dev-${process.pid}.json`),
}

const runners = [
  async () =>
    run('vitest', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reports.vitest}`,
      ...filters,
    ]),
  async () =>
    (await run('turbo', ['run', 'build', '--output-logs=errors-only'])) ||
    run('pnpm', ['--filter', '@galley/server', 'run', 'e2e'], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: reports.playwright,
    }),
  async () =>
    run('pnpm', ['--filter', '@galley/server', 'run', 'e2e:dev'], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: reports.development,
    }),
]

if (noRedis !== '') console.log(`Tests on Redis${noRedis}`)

let status = 0
for (const start of filters.length > 0 ? runners.slice(0, 1) : runners)
  status = (await start()) || status

const counts: Counts[] = await Promise.all([
  readCounts.vitest(reports.vitest),
  ...(filters.length > 0
    ? []
    : [readCounts.playwright(reports.playwright), readCounts.playwright(reports.development)]),
])
await Promise.all(Object.values(reports).map((file) => rm(file, { force: true })))
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
await appendCounts(testDatabaseUrl ? 'tests on the given PostgreSQL' : 'tests', { passed, failed })
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = status || (failed > 0 || passed === 0 ? 1 : 0)
