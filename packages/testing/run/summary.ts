import type { Failure, Report } from './report.ts'

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
