import { testDatabaseUrl } from '../src/env.ts'
import { missingPrograms } from '../src/on-path.ts'
import {
  collectReport,
  createFailure,
  readReport,
  removeReport,
  type Report,
  exitCodeOf,
  summarize,
} from './report.ts'
import { unmatchedFilters } from './filters.ts'
import { run, affectedProjects, testWorkspaces } from './workspaces.ts'

/**
 * The README's test command: the tests of every workspace, those in a browser included. Other words after the command go to
 * Vitest alone: `pnpm test articles`; after `--changed`, for the workspaces that differ from the main branch.
 */
const words = process.argv.slice(2)

for (const name of missingPrograms)
  console.log(`Tests that need ${name} are skipped: it is not here.`)
const reports = await test()
const runner = testDatabaseUrl ? 'tests on the given PostgreSQL' : 'tests'
for (const report of reports) collectReport(runner, report)
console.log(summarize(reports))
process.exitCode = exitCodeOf(reports)

async function test(): Promise<Report[]> {
  if (words.length === 0) return testWorkspaces()
  const unmatched = unmatchedFilters(words)
  if (unmatched.length > 0) {
    const failures = unmatched.map((word) => createFailure(`no test file has ${word} in its path`))
    return [{ passed: 0, failures }]
  }
  if (!words.includes('--changed')) return [await vitest(words)]
  const projects = affectedProjects()
  if (projects.length === 0) {
    console.log('No workspace differs from the main branch.')
    process.exit()
  }
  return [await vitest([...projects, ...words.filter((word) => word !== '--changed')])]
}

async function vitest(words: string[]): Promise<Report> {
  const file = '.reports/test.json'
  removeReport(file)
  return readReport(file, 'Vitest', await run('vitest', ['run', ...words]))
}
