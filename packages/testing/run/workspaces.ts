import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { missingPrograms } from '../src/on-path.ts'
import { startTestServer } from '../src/test-server.ts'
import { createFailure, readReport, removeReport, type Report } from './report.ts'

/** The parts of a summary of Turborepo (`--summarize`) that are read here. */
interface Summary {
  execution: { attempted: number; success: number; cached: number; failed: number }
  tasks: {
    task: string
    package: string
    directory: string
    execution?: { exitCode: number | null }
  }[]
}

/**
 * Runs `turbo run test`. Workspaces whose inputs are as they were are not tested again: their reports are among what Turborepo
 * restores. The others share one PostgreSQL, which is quicker to make once.
 */
export async function testWorkspaces(): Promise<Report[]> {
  for (const file of globSync('{apps,packages}/*/.reports/*.json')) removeReport(file)
  const before = new Set(summaries())
  const { server, stop } = await startTestServer()
  // What was skipped for want of a program is tested once there is one.
  const env = {
    TEST_SERVER: JSON.stringify(server),
    TEST_SKIPS: missingPrograms.join(' '),
    // Programs and threads are started a thousand times: a third of what that costs is compiling.
    NODE_COMPILE_CACHE: path.resolve('.galley/compile-cache'),
  }
  const options = ['--continue=always', '--summarize', '--output-logs=new-only']
  let exitCode: number
  try {
    exitCode = await run('turbo', ['run', 'test', ...options], env)
  } finally {
    await stop()
  }

  const summary = summaries().find((file) => !before.has(file))
  if (!summary) return [broken(exitCode)]
  const result: Summary = JSON.parse(readFileSync(summary, 'utf8'))
  const reports = readReports(result)
  const { attempted, success, cached, failed } = result.execution
  const isWhole = exitCode === 0 && attempted === success + cached + failed
  const isExplained = isWhole || reports.some(({ failures }) => failures.length > 0)
  return isExplained ? reports : [...reports, broken(exitCode)]
}

const summaries = () => globSync('.turbo/runs/*.json')

/** A task that is not there because one before it failed is a failure too: its tests did not run. */
function readReports({ tasks }: Summary): Report[] {
  return tasks
    .filter(({ task, directory }) => reportOf(task) !== undefined && hasScript(directory, task))
    .map(({ task, package: name, directory, execution }) => {
      const file = path.join(directory, '.reports', reportOf(task) ?? '')
      const report = readReport(file, task, execution?.exitCode ?? 1)
      const failures = report.failures.map((failure) => ({
        ...failure,
        title: `${name}: ${failure.title}`,
      }))
      return { ...report, failures }
    })
}

/** By task. The server's `test` is nothing but its three: Vitest, the production build in a browser, and `pnpm dev` in one. */
const reportOf = (task: string): string | undefined =>
  ({ test: 'test.json', vitest: 'test.json', e2e: 'e2e.json', 'e2e:dev': 'e2e-dev.json' })[task]

function hasScript(directory: string, task: string): boolean {
  const manifest = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'))
  return manifest.scripts?.[task] !== undefined
}

function broken(exitCode: number): Report {
  const title = `Turborepo did not end as it should (exit code ${exitCode}): see its output`
  return { passed: 0, failures: [createFailure(title)] }
}

/** Options for Vitest that name the workspaces which differ from the main branch, and those that depend on them. */
export function affectedProjects(): string[] {
  const output = execFileSync('turbo', ['ls', '--affected', '--output=json'], { encoding: 'utf8' })
  const { packages }: { packages: { items: { name: string; path: string }[] } } = JSON.parse(output)
  return packages.items
    .filter((item) => hasScript(item.path, 'test') || hasScript(item.path, 'vitest'))
    .flatMap(({ name }) => ['--project', name, '--project', `${name} (*)`])
}

/**
 * Runs one of the workspace's commands with this terminal; returns its exit status, 1 when a signal ended it. A signal to this
 * process ends the command first, so that what was started for it can be stopped.
 */
export async function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  // Ctrl-C reaches the command by itself.
  const wait = () => {}
  const forward = () => void child.kill('SIGTERM')
  process.on('SIGINT', wait).on('SIGTERM', forward)
  try {
    const [status] = await once(child, 'exit')
    return typeof status === 'number' ? status : 1
  } finally {
    process.off('SIGINT', wait).off('SIGTERM', forward)
  }
}
