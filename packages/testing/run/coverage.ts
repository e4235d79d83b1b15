import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { run } from './workspaces.ts'

/** Of one file, as Istanbul's `json-summary` has it. */
type Counts = Record<'lines' | 'branches' | 'functions', { total: number; covered: number }>

/**
 * `pnpm coverage`: what the tests reach of each workspace's sources, measured by V8. What other processes than the tests' own run
 * (browsers, started servers) and worker threads is not in it. Words go to Vitest: `pnpm coverage articles`.
 */
const folder = 'coverage'
const root = process.cwd()
rmSync(folder, { recursive: true, force: true })
const options = ['--coverage', `--coverage.reportsDirectory=${folder}`]
process.exitCode = await run('vitest', ['run', ...options, ...process.argv.slice(2)])
console.log(`\n${table(read(path.join(folder, 'coverage-summary.json')))}`)
console.log(`\nBy file: ${folder}/index.html`)

function read(file: string): Map<string, Counts> {
  const files: Record<string, Counts> = JSON.parse(readFileSync(file, 'utf8'))
  const countsByWorkspace = new Map<string, Counts>()
  for (const [name, counts] of Object.entries(files)) {
    if (name === 'total') continue
    const workspace = path.relative(root, name).split(path.sep).slice(0, 2).join('/')
    countsByWorkspace.set(workspace, add(countsByWorkspace.get(workspace), counts))
  }
  return countsByWorkspace
}

function add(sum: Counts | undefined, counts: Counts): Counts {
  const of = (kind: keyof Counts) => ({
    total: (sum?.[kind].total ?? 0) + counts[kind].total,
    covered: (sum?.[kind].covered ?? 0) + counts[kind].covered,
  })
  return { lines: of('lines'), branches: of('branches'), functions: of('functions') }
}

function table(countsByWorkspace: Map<string, Counts>): string {
  const rows = [...countsByWorkspace]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([workspace, { lines, branches, functions }]) => [
      workspace.padEnd(28),
      ...[lines, branches, functions].map(({ covered, total }) =>
        `${(total === 0 ? 100 : (100 * covered) / total).toFixed(1)} %`.padStart(10),
      ),
    ])
  const kinds = ['lines', 'branches', 'functions'].map((kind) => kind.padStart(10))
  const head = ['workspace'.padEnd(28), ...kinds]
  return [head, ...rows].map((row) => row.join('')).join('\n')
}
