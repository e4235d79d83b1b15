import { cases } from './publishing/cases.ts'
import { benchDir, openDatabase } from './publishing/data/database.ts'
import { measure, type Result } from './measure.ts'
import { readOptions } from './options.ts'
import { startServer } from './servers/start.ts'
import { toTable } from './table.ts'
import { findTargets } from './targets.ts'
import { memoryOf } from './usage.ts'

// `pnpm bench [--quick] [--only list,article] [--rounds 5] [--seconds 4] [--connections 16] [--profile]`: the production
// build beside a reference that does the same work by hand. How to read what it prints: docs/performance.md.
const options = readOptions()
const log = (line: string) => void process.stdout.write(`${line}\n`)

await using database = await openDatabase(log)
const { appUrl: databaseUrl, postgresPid } = database
const nodeOptions = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${benchDir}/profiles`] : []

await using reference = await startServer({ module: 'reference.ts', databaseUrl })
await using tuned = await startServer({ module: 'tuned-reference.ts', databaseUrl })
await using official = await startServer({
  module: 'official.ts',
  databaseUrl,
  env: { WEB_CONCURRENCY: '1' },
})
await using galley = await startServer({
  module: '../../src/main.ts',
  databaseUrl,
  nodeOptions,
  env: { WEB_CONCURRENCY: '1' },
})
await using several = await startServer({
  module: '../../src/main.ts',
  databaseUrl,
  env: { WEB_CONCURRENCY: '2' },
})
const servers = { reference, tuned, galley, several, official }

const results = new Map<string, Result[]>()
for (const one of cases) {
  if (options.only.length > 0 && !options.only.includes(one.name)) continue
  const targets = await findTargets(one, servers, log)
  results.set(one.name, await measure(targets, { ...options, postgresPid }))
  log(`${one.name}: done`)
}

log(`\n${toTable(results)}\n`)
for (const [name, { pid }] of Object.entries(servers)) {
  const { now, highest } = memoryOf(pid)
  log(`memory of ${name}: ${now} MB, ${highest} MB at most`)
}
