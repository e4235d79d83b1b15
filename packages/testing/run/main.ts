import { testDatabaseUrl } from '../src/env.ts'
import { noRedis } from '../src/redis-binary.ts'
import { collectReport, readReport, removeReport, type Report } from './report.ts'
import { run } from './run.ts'
import { exitCodeOf, summarize } from './summary.ts'

/**
 * The README's test command. Unit, integration and HTTP tests first (Vitest), then the production build in a real
 * browser (Playwright), and what a visitor does first under `pnpm dev`; closes with the failures and the sum. Words
 * after the command go to Vitest alone: `pnpm test articles`.
 */
const filters = process.argv.slice(2)

const vitest = {
  name: 'Vitest',
  report: '.reports/test.json',
  start: () => run('vitest', ['run', ...filters]),
}
const browser = {
  name: 'Playwright on the production build',
  report: 'apps/server/.reports/e2e.json',
  start: async () =>
    (await run('turbo', ['run', 'build', '--output-logs=errors-only'])) ||
    run('pnpm', ['--filter', '@galley/server', 'run', 'e2e']),
}
const development = {
  name: 'Playwright on pnpm dev',
  report: 'apps/server/.reports/e2e-dev.json',
  start: () => run('pnpm', ['--filter', '@galley/server', 'run', 'e2e:dev']),
}

if (noRedis !== '') console.log(`Tests on Redis${noRedis}`)

const reports: Report[] = []
for (const { name, report, start } of filters.length > 0
  ? [vitest]
  : [vitest, browser, development]) {
  removeReport(report)
  reports.push(readReport(report, name, await start()))
}

const runner = testDatabaseUrl ? 'tests on the given PostgreSQL' : 'tests'
for (const report of reports) collectReport(runner, report)
console.log(summarize(reports))
process.exitCode = exitCodeOf(reports)
