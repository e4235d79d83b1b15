import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { readReport, type Report } from '../run/report.ts'

const require = createRequire(import.meta.url)
const vitest = path.join(require.resolve('vitest/package.json'), '../vitest.mjs')
const playwright = path.join(require.resolve('@playwright/test/package.json'), '../cli.js')
const fixtures = path.join(import.meta.dirname, 'fixtures')
const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

test('an error that no test caught is a failure, with its cause', () => {
  const { report, exitCode } = runFixture('vitest', [vitest, 'run', 'unhandled'])
  expect(exitCode).toBe(1)
  expect(report).toEqual({
    passed: 1,
    failures: [
      {
        title: 'an unhandled error: Error',
        details: expect.stringMatching(/^nobody waits for me\n.*unhandled\.spec\.ts/),
      },
    ],
  })
})

test('failed tests, broken hooks and broken files of Vitest are failures', () => {
  const { report } = runFixture('vitest', [vitest, 'run', 'failing', 'broken'])
  expect(report.passed).toBe(1)
  expect(report.failures.map(({ title, details }) => [title, details.split('\n')[0]])).toEqual(
    expect.arrayContaining([
      ['broken.spec.ts', 'the file broke'],
      ['failing.spec.ts > a suite whose hook breaks', 'the hook broke'],
      ['failing.spec.ts > fails', 'expected 1 to be 2 // Object.is equality'],
    ]),
  )
  expect(report.failures).toHaveLength(3)
})

test('failed and repeated tests of Playwright are failures, and what breaks outside of them', () => {
  const { report } = runFixture('playwright', [playwright, 'test'], { LEAKS: '' })
  expect(report.passed).toBe(1)
  expect(report.failures.map(({ title, details }) => [title, details.split('\n')[0]])).toEqual([
    ['tests.spec.ts > a group > fails', expect.stringContaining('toBe(expected)')],
    ['tests.spec.ts > passes when repeated (passed when repeated)', expect.any(String)],
    ['an error outside of the tests', expect.stringContaining('the teardown broke')],
  ])
})

test.each([
  [{ LEAKS: 'a line with a secret' }, 'a line with a secret'],
  [{}, 'Nobody has searched the output of the servers for secrets.'],
])('what the servers of Playwright wrote is a failure: %j', (env, expected) => {
  const { report, exitCode } = runFixture('playwright', [playwright, 'test', '-g', 'passes$'], env)
  expect(report.failures).toContainEqual({ title: 'what the servers wrote', details: expected })
  expect(exitCode).toBe(1)
})

test('a runner without a report, or with a bad end, is one failure', () => {
  const file = path.join(copyOf('vitest'), 'report.json')
  expect(readReport(file, 'A runner', 137)).toEqual({
    passed: 0,
    failures: [{ title: 'A runner left no report and ended with exit code 137', details: '' }],
  })
  writeFileSync(file, JSON.stringify({ passed: 3, failures: [] }))
  expect(readReport(file, 'A runner', 0)).toEqual({ passed: 3, failures: [] })
  expect(readReport(file, 'A runner', 1).failures).toHaveLength(1)
})

test('the last 100 lines of CI name what failed, and its last one counts all runners', () => {
  const file = path.join(copyOf('vitest'), 'reports')
  const failures = Array.from({ length: 40 }, (_, index) => ({
    title: `test ${index}`,
    details: Array.from({ length: 7 }, (_line, number) => `line ${number} of ${index}`).join('\n'),
  }))
  const lines = [
    { runner: 'tests', passed: 5000, failures: [] },
    { runner: 'tests', passed: 30, failures },
    { runner: 'attacks', passed: 9, failures: [] },
  ]
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
  const { status, stdout } = spawnSync(
    process.execPath,
    [path.join(import.meta.dirname, '../run/total.ts'), 'tests=1', 'other=0', 'attacks=137'],
    { encoding: 'utf8', env: { ...process.env, TEST_REPORTS_FILE: file } },
  )
  const printed = stdout.trimEnd().split('\n')
  expect(status).toBe(1)
  expect(printed.length).toBeLessThan(100)
  expect(printed.slice(0, 3)).toEqual([
    'tests: 5030 passed, 40 failed',
    'other: 0 passed, 0 failed',
    'attacks: 9 passed, 1 failed',
  ])
  expect(printed).toContain('FAILED test 0')
  expect(printed).toContain('  line 6 of 7')
  expect(printed).toContain('FAILED test 19')
  expect(printed).toContain('and 21 more')
  expect(printed.at(-1)).toBe('5039 passed, 41 failed')
})

/** Runs a copy, so that a run beside this one has a report of its own. */
function runFixture(
  name: string,
  args: string[],
  env: Record<string, string> = {},
): { report: Report; exitCode: number | null } {
  const cwd = copyOf(name)
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { ...outside(), ...env },
  })
  const file = path.join(cwd, 'report.json')
  if (!existsSync(file)) throw new Error(`No report: ${stdout}`)
  return { report: JSON.parse(readFileSync(file, 'utf8')), exitCode: status }
}

/** Beside the fixture, where its imports resolve. */
function copyOf(name: string): string {
  const folder = mkdtempSync(path.join(fixtures, `.copy-${name}-`))
  folders.push(folder)
  cpSync(path.join(fixtures, name), folder, { recursive: true })
  return folder
}

/** The variables that Vitest sets for its workers would tell the inner runner that it is one. */
function outside(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env)
  return Object.fromEntries(entries.filter(([name]) => !/^(VITEST|TEST$|NODE_ENV)/.test(name)))
}
