import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { startCluster } from '@galley/embedded-postgres'
import { temporaryFolder } from '@galley/embedded-postgres/files'
import type { Migration } from '../src/migrate-journal.ts'
import { migrate } from '../src/migrate.ts'
import { root } from './base.ts'

type Base = { commit: string; path: string }

type Options = {
  base: Base
  fresh: Migration[]
  extent: Extent
  print: (line: string) => void
}

/** All tests of its domain, or a core of them that takes a third of the time. */
type Extent = 'whole' | 'core'

/** Of the core: which read and write most tables, and are quick. */
const core = [
  'src/audit/',
  'src/events/',
  'src/idempotency/',
  'src/jobs/',
  'src/sessions/',
  'src/users/list',
  'src/users/sign-up',
  'src/articles/create', // publishing
  'src/articles/list', // publishing
  'src/articles/publish', // publishing
  'src/articles/update', // publishing
  'src/comments/', // publishing
  'src/favourites/', // publishing
  'src/revisions/', // publishing
  'src/search/', // publishing
  'src/tags/', // publishing
]

/** But for what compares all that the database has with the code of its own commit: a newer one may add to it. */
const ALL_BUT = '^(?!every constraint of the migrated database)'

/**
 * The commit before on the database of this one, and this one on the database of that: the tests of its domain run on tables that have
 * our migrations, its own `migrate` step included, and our server must refuse to start on its tables. Returns what went wrong.
 */
export async function faultsBetween(
  folder: string,
  { base, fresh, extent, print }: Options,
): Promise<string[]> {
  using state = temporaryFolder()
  await using cluster = await startCluster({ dataDir: state.at('postgres'), durable: false })
  const old = await cluster.ensureDatabase('old')
  await migrate(old, { migrationsFolder: base.path })
  const onOld = startOn(old)
  print(`This version on the tables of ${base.commit.slice(0, 8)}: ${onOld.trim()}`)
  const faults = /The database lacks \d+ of \d+ migrations/.test(onOld)
    ? []
    : [
        'This version must refuse to start on the tables of the one before, and say which are lacking.',
      ]

  const breaking = fresh.filter(({ compatible }) => !compatible)
  if (breaking.length > 0) {
    print(`Marked as breaking, so that the version before is not tried: ${breaking[0]?.tag}.`)
    return faults
  }
  // What every database is made from: the tests of that commit make theirs, and migrate them, themselves.
  await migrate(cluster.url('template1'), { migrationsFolder: folder })
  using checkout = checkOut(base.commit)
  const passed = runTests(checkout.path, cluster.url(), extent)
  return passed ? faults : [...faults, `The tests of ${base.commit} fail on these tables.`]
}

/** What the server says when it is started on this database. */
function startOn(databaseUrl: string): string {
  const program = path.join(root, 'apps/server/src/main.ts')
  const env = {
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEYS: `check:${randomBytes(32).toString('base64')}`,
  }
  const { stdout, stderr, status } = spawnSync(process.execPath, [program], {
    env,
    encoding: 'utf8',
    timeout: 30_000,
  })
  return status === 1 ? stderr : `it ended with ${status}. ${stdout}${stderr}`
}

function checkOut(commit: string) {
  const folder = temporaryFolder()
  const checkout = folder.at('checkout')
  execFileSync('git', ['worktree', 'add', '--quiet', '--detach', checkout, commit], { cwd: root })
  execFileSync('npx', ['--yes', 'pnpm@12', 'install', '--frozen-lockfile', '--prefer-offline'], {
    cwd: checkout,
    stdio: 'ignore',
  })
  return {
    path: checkout,
    [Symbol.dispose]() {
      execFileSync('git', ['worktree', 'remove', '--force', checkout], { cwd: root })
      folder[Symbol.dispose]()
    },
  }
}

function runTests(checkout: string, databaseUrl: string, extent: Extent): boolean {
  const projects = [
    '@galley/platform',
    '@galley/publishing', // publishing
  ]
  const named = projects.flatMap((name) => ['--project', name])
  const wanted = extent === 'core' ? core : []
  const words = [
    'vitest',
    'run',
    ...named,
    '--testNamePattern',
    ALL_BUT,
    '--reporter',
    'dot',
    ...wanted,
  ]
  const { status } = spawnSync('npx', ['--yes', 'pnpm@12', 'exec', ...words], {
    cwd: checkout,
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL: databaseUrl },
  })
  return status === 0
}
