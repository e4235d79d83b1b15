import { readFileSync } from 'node:fs'
import path from 'node:path'
import { startCluster } from '@galley/embedded-postgres'
import { temporaryFolder } from '@galley/embedded-postgres/files'
import postgres from 'postgres'
import { migrate } from '../src/migrate.ts'
import { insertCast, startWriters } from '../test/publishing/writers.ts' // publishing
import { fileAt, root } from './base.ts'
import { startProbe } from './probe.ts'

const ROWS = 50_000

/** Half a second for a migration to get its locks, while others wait behind it, and as much to hold them. */
const MOST_MS = 1_000

const people = 'packages/db/check/large/people.sql'
const articles = 'apps/server/bench/publishing/lists/content.sql' // publishing

type Base = { commit: string; path: string }

/**
 * Applies the migrations that a commit lacks to a database of that commit with 50,000 rows in each of its large tables, while
 * others read and write. Returns what went wrong: a statement that failed, or waited for too long.
 */
export async function faultsOnLarge(folder: string, base: Base, print: (line: string) => void) {
  using state = temporaryFolder()
  await using cluster = await startCluster({ dataDir: state.at('postgres') })
  const url = await cluster.ensureDatabase('large')
  await migrate(url, { migrationsFolder: base.path })
  await fill(url, base.commit)
  print(`Made ${ROWS} rows of each kind.`)

  await using others = new AsyncDisposableStack()
  const probe = others.use(await startProbe(url))
  const writers = others.use(startWriters(url, 3)) // publishing
  await probe.rounds(2)
  const begun = performance.now()
  const { applied } = await migrate(url, { migrationsFolder: folder })
  const ms = Math.round(performance.now() - begun)
  await probe.rounds(2)
  await others.disposeAsync()
  print(`Applied ${applied} in ${ms} ms beside ${probe.seen.count} statements of others.`)
  const { table, ms: longest } = probe.seen.longest
  print(`The longest wait of one was ${longest} ms, for ${table}.`)
  return [
    ...probe.failures.map((failure) => `A statement of others failed: ${String(failure)}`),
    ...writers.failures.map((failure) => `A write of others failed: ${String(failure)}`), // publishing
    ...(longest > MOST_MS
      ? [`${table} was locked for ${longest} ms; ${MOST_MS} are allowed.`]
      : []),
  ]
}

async function fill(url: string, commit: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  const run = async (file: string) => {
    // As the tables of that commit are.
    const text = fileAt(commit, file) ?? readFileSync(path.join(root, file), 'utf8')
    const filled = text
      .replaceAll(/:(rows|articles)/g, String(ROWS))
      .replaceAll(':render_version', '1')
    await sql.unsafe(`begin; ${filled}; commit`)
  }
  await run(articles) // publishing
  await run(people)
  await insertCast(sql) // publishing
  await sql`vacuum (analyze)`
  await sql.end()
}
