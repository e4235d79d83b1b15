import { appendFile, readFile } from 'node:fs/promises'

export type Counts = { passed: number; failed: number }

/** Reads a runner's JSON report; a report that is missing or broken counts as one failure, never as none. */
export const readCounts = {
  vitest: (file: string) =>
    read(file, (report) => ({
      passed: Number(report['numPassedTests']),
      failed: Number(report['numFailedTests']) + brokenFiles(report['testResults']),
    })),
  playwright: (file: string) =>
    read(file, ({ stats }) => {
      const { expected, flaky, unexpected } = stats as Record<string, number>
      // A test that passed only at a second try is a fault here.
      return { passed: Number(expected), failed: Number(unexpected) + Number(flaky) }
    }),
}

/** Test files that failed before any of their tests ran. */
function brokenFiles(files: unknown): number {
  if (!Array.isArray(files)) return Number.NaN
  return files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
    .length
}

async function read(
  file: string,
  count: (report: Record<string, unknown>) => Counts,
): Promise<Counts> {
  try {
    const counts = count(JSON.parse(await readFile(file, 'utf8')))
    if (Number.isInteger(counts.passed) && Number.isInteger(counts.failed)) return counts
  } catch {
    // falls through to the answer for an unreadable report
  }
  return { passed: 0, failed: 1 }
}

/** Where `.ci/run` gathers the counts of all its runners, a line of JSON each; nothing is kept where it is unset. */
export async function appendCounts(runner: string, counts: Counts) {
  const file = process.env['TEST_COUNTS_FILE']
  if (file) await appendFile(file, `${JSON.stringify({ runner, ...counts })}\n`)
}
