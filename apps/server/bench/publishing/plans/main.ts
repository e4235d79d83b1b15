import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDb } from '@galley/db/client'
import { startCluster } from '@galley/embedded-postgres'
import { createDeps } from '../../../src/deps.ts'
import { benchDir } from '../data/database.ts'
import { fillDatabase } from '../lists/database.ts'
import { environment } from '../lists/world.ts'
import { hotCalls } from './calls.ts'
import { openPlanned, type Scans } from './scans.ts'

// `pnpm bench:plans`: by which indexes each hot call reads 50,000 articles and as many people. Fails where one reads a table as a
// whole that grows (`@galley/db/growth`).
const SIZE = 50_000

/** It holds those who edit, and those of the last hour, and has no index of what every sign of life changes. */
const small = { call: 'job: presence.sweep', table: 'article_presence' }

await using cluster = await startCluster({ dataDir: `${benchDir}/lists` })
const url = await fillDatabase(cluster, SIZE)
await fillFurther(url)
await using planned = await openPlanned(url)
await using deps = createDeps({ ...environment(url), SECOND_FACTOR_ROLES: ['editor', 'admin'] })
const rows: [string, Scans][] = []
for (const [name, call] of Object.entries(await hotCalls(deps, planned.db, SIZE))) {
  rows.push([name, await planned.scansOf(call)])
}
process.stdout.write(`${toTable(rows)}\n`)
const faults = rows
  .map(([name, { whole }]) => ({
    name,
    whole: whole.filter((table) => name !== small.call || table !== small.table),
  }))
  .filter(({ whole }) => whole.length > 0)
for (const { name, whole } of faults) {
  process.stdout.write(`${name} reads all of ${whole.join(', ')}\n`)
}
process.exitCode = faults.length > 0 ? 1 : 0

/** People and what they leave behind, spare tags, and the search index. */
async function fillFurther(url: string) {
  await using database = createDb(url, { max: 1, statementTimeoutMs: 0, silenceTimeoutMs: 0 })
  const { sql } = database
  const [row] = await sql`select exists (select from users where username = 'person-1') as filled`
  if (row?.filled) return
  const db = fileURLToPath(import.meta.resolve('@galley/db/growth'))
  const people = readFileSync(path.join(db, '../../check/large/people.sql'), 'utf8')
  const further = readFileSync(new URL('data.sql', import.meta.url), 'utf8')
  await sql.unsafe(`begin; ${(people + further).replaceAll(':rows', String(SIZE))}; commit`)
  const index = (after: string | null) => sql<{ next: string | null }[]>`
    select next from index_articles(${after}::uuid, '-infinity', 1000)`
  let next: string | null = null
  do {
    const [batch] = await index(next)
    next = batch?.next ?? null
  } while (next !== null)
  await sql`vacuum (analyze)`
}

function toTable(rows: [string, Scans][]): string {
  const head = ['call', 'statements', 'reads by', 'in triggers, functions and foreign keys']
  const list = (names: string[]) => names.map((name) => `\`${name}\``).join(', ')
  const lines = rows.map(([name, { statements, read, nested }]) => [
    name,
    String(statements),
    list(read),
    list(nested),
  ])
  return [head, head.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n')
}
