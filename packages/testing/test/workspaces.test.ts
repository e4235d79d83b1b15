import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'

const root = path.join(import.meta.dirname, '../../..')
const main = path.join(import.meta.dirname, '../run/main.ts')
const workspaces = new URL('../run/workspaces.ts', import.meta.url).href
const env = {
  ...process.env,
  PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
}
const folder = mkdtempSync(path.join(tmpdir(), 'galley-workspaces-'))

beforeAll(() => {
  write('package.json', { name: 'fake', private: true, packageManager: 'pnpm@12.0.0' })
  write('pnpm-workspace.yaml', 'packages: [apps/*, packages/*]\npmOnFail: ignore\n')
  write(
    'pnpm-lock.yaml',
    "lockfileVersion: '9.0'\nimporters:\n  .: {}\n  packages/one: {}\n  packages/two: {}\n",
  )
  write('.gitignore', '.reports\n.turbo\n.cache\n')
  write('turbo.json', { tasks: { test: { outputs: ['.reports/test.json'] } } })
  addWorkspace('one', { passed: 3, failures: [] })
  addWorkspace('two', { passed: 4, failures: [] })
  git('init', '--quiet', '--initial-branch=main')
})
afterAll(() => rmSync(folder, { recursive: true }))

test('workspaces that have not changed are counted, and not tested again', () => {
  expect(run()).toMatchObject({ status: 0, ran: ['one', 'two'], total: '7 passed, 0 failed' })
  expect(run()).toMatchObject({ status: 0, ran: [], total: '7 passed, 0 failed' })

  addWorkspace('two', { passed: 5, failures: [] })
  expect(run()).toMatchObject({ status: 0, ran: ['two'], total: '8 passed, 0 failed' })
})

test('a workspace whose runner breaks is a failure, and is tested again', () => {
  addWorkspace('two', undefined)
  const broken = {
    status: 1,
    ran: ['two'],
    total: '3 passed, 1 failed',
    output: expect.stringContaining('FAILED two: test left no report and ended with exit code'),
  }
  expect(run()).toMatchObject(broken)
  expect(run()).toMatchObject(broken)
})

test('a failed test is named with its workspace', () => {
  addWorkspace('two', { passed: 1, failures: [{ title: 'a.test.ts > adds', details: '1 is 2' }] })
  expect(run()).toMatchObject({
    status: 1,
    total: '4 passed, 1 failed',
    output: expect.stringContaining('FAILED two: a.test.ts > adds\n  1 is 2'),
  })
})

test('--changed is for the workspaces that differ from the main branch', () => {
  addWorkspace('one', { passed: 1, failures: [] })
  addWorkspace('two', { passed: 1, failures: [] })
  git('add', '.')
  git('commit', '--quiet', '-m', 'Add two workspaces')
  expect(run('--changed')).toMatchObject({
    status: 0,
    total: expect.stringContaining('No workspace'),
  })

  addWorkspace('two', { passed: 2, failures: [] })
  const { stdout } = spawnSync(
    process.execPath,
    ['-e', `import { affectedProjects } from '${workspaces}'; console.log(affectedProjects())`],
    { cwd: folder, encoding: 'utf8', env },
  )
  expect(stdout).toBe("[ '--project', 'two', '--project', 'two (*)' ]\n")
})

/** One whose tests write this report and fail if it has failures, or that break without one. */
function addWorkspace(name: string, report: { passed: number; failures: unknown[] } | undefined) {
  const at = (file: string) => `packages/${name}/${file}`
  write(at('package.json'), { name, version: '1.0.0', scripts: { test: 'node tests.js' } })
  const lines = [
    `console.log('ran ' + '${name}')`,
    report
      ? `require('fs').mkdirSync('.reports', { recursive: true }); require('fs').writeFileSync('.reports/test.json', ${JSON.stringify(JSON.stringify(report))}); process.exit(${report.failures.length})`
      : 'process.exit(3)',
  ]
  write(at('tests.js'), lines.join('\n'))
}

function write(file: string, content: unknown) {
  const at = path.join(folder, file)
  mkdirSync(path.dirname(at), { recursive: true })
  writeFileSync(at, typeof content === 'string' ? content : JSON.stringify(content))
}

function git(...args: string[]) {
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.com']
  execFileSync('git', [...author, ...args], { cwd: folder })
}

function run(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...env,
      TEST_SERVER: JSON.stringify(inject('postgres')),
      TEST_REPORTS_FILE: '',
      TURBO_CACHE_DIR: path.join(folder, '.cache'),
    },
  })
  const ran = ['one', 'two'].filter((name) => stdout.includes(`ran ${name}\n`))
  const output = stdout + stderr
  return { status, output, ran, total: stdout.trimEnd().split('\n').at(-1) }
}
