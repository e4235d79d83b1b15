import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** What one runner found. */
export interface Report {
  passed: number
  failures: Failure[]
}

/** A failed test, a file or hook that broke, an error that no test caught, or a runner that ended badly. */
export interface Failure {
  title: string
  /** The first lines of the message and the stack. */
  details: string
}

const DETAIL_LINES = 7
const LINE_LENGTH = 240

/** Failures keep what tells the cause; the rest is in the runner's own output. */
export function createFailure(title: string, error?: { message?: string; stack?: string }) {
  const { message = '', stack = '' } = error ?? {}
  // A stack of V8 begins with the message; others do not.
  const frames = stack.includes(message)
    ? stack.slice(stack.indexOf(message) + message.length)
    : stack
  const details = [firstLines(message, DETAIL_LINES - 2), firstLines(frames, 2)]
  return { title: firstLines(title, 1), details: details.filter(Boolean).join('\n') }
}

function firstLines(text: string, count: number): string {
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
  return lines
    .slice(0, count)
    .map((line) => line.slice(0, LINE_LENGTH))
    .join('\n')
}

export function writeReport(file: string, report: Report) {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(report))
}

/** A runner that left no readable report, or ended badly without a failure, counts as one failure, never as none. */
export function readReport(file: string, runner: string, exitCode: number): Report {
  try {
    const report: Report = JSON.parse(readFileSync(file, 'utf8'))
    return withExitCode(report, runner, exitCode)
  } catch {
    const failure = createFailure(`${runner} left no report and ended with exit code ${exitCode}`)
    return { passed: 0, failures: [failure] }
  }
}

export function withExitCode(report: Report, runner: string, exitCode: number): Report {
  if (exitCode === 0 || report.failures.length > 0) return report
  const failure = createFailure(
    `${runner} ended with exit code ${exitCode} though no test failed: see its output`,
  )
  return { ...report, failures: [failure] }
}

/** So that a runner that breaks does not leave the report of an earlier run. */
export function removeReport(file: string) {
  rmSync(file, { force: true })
}

/** `.ci/run` collects the reports of all its runners in the file that TEST_REPORTS_FILE names, a line of JSON each. */
export function collectReport(runner: string, report: Report) {
  const file = process.env['TEST_REPORTS_FILE']
  if (file) appendFileSync(file, `${JSON.stringify({ runner, ...report })}\n`)
}

// Together with the totals under 100 lines: what is read of a long log is its end.
const WITH_DETAILS = 8
const BY_TITLE = 12

/** The end of a test command: its failures once more, then `N passed, N failed`. */
export function summarize(reports: Report[]): string {
  const failures = reports.flatMap((report) => report.failures)
  const passed = reports.reduce((sum, report) => sum + report.passed, 0)
  return [...describe(failures), '', totals(passed, failures.length)].join('\n')
}

export const totals = (passed: number, failed: number) => `${passed} passed, ${failed} failed`

/** Nothing that ran is a failure too. */
export function exitCodeOf(reports: Report[]): number {
  const ran = reports.some(({ passed }) => passed > 0)
  return ran && reports.every(({ failures }) => failures.length === 0) ? 0 : 1
}

function describe(failures: Failure[]): string[] {
  const detailed = failures
    .slice(0, WITH_DETAILS)
    .flatMap(({ title, details }) => ['', `FAILED ${title}`, ...(details ? [indent(details)] : [])])
  const titles = failures
    .slice(WITH_DETAILS, WITH_DETAILS + BY_TITLE)
    .map(({ title }) => `FAILED ${title}`)
  const left = failures.length - WITH_DETAILS - BY_TITLE
  return [
    ...detailed,
    ...(titles.length > 0 ? ['', ...titles] : []),
    ...(left > 0 ? [`and ${left} more`] : []),
  ]
}

const indent = (text: string) => text.replaceAll(/^/gm, '  ')
