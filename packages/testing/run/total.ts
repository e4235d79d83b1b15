import { readFileSync } from 'node:fs'
import { type Report, withExitCode, exitCodeOf, summarize, totals } from './report.ts'

/**
 * Ends `.ci/run`: the failures, a line for each of its runners, and the sum of what they appended to $TEST_REPORTS_FILE.
 * Arguments `name=exit code` say how each ended.
 */
const file = process.env['TEST_REPORTS_FILE']
if (!file) throw new Error('TEST_REPORTS_FILE names no file')
const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
const collected: (Report & { runner: string })[] = lines.map((line) => JSON.parse(line))

const reports = process.argv.slice(2).map((argument) => {
  const [, runner = '', exitCode = ''] = /^(.*)=(\d+)$/.exec(argument) ?? []
  const own = collected.filter((report) => report.runner === runner)
  const report = {
    passed: own.reduce((sum, { passed }) => sum + passed, 0),
    failures: own.flatMap(({ failures }) => failures),
  }
  return { runner, ...withExitCode(report, runner, Number(exitCode)) }
})

for (const { runner, passed, failures } of reports)
  console.log(`${runner}: ${totals(passed, failures.length)}`)
console.log(summarize(reports))
process.exitCode = exitCodeOf(reports)
