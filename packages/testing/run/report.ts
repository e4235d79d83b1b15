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
