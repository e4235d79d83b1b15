import { parseArgs } from 'node:util'
import { measure, toTable, type Result } from './measure.ts'
import { cases } from './publishing/cases.ts'
import { benchDir, openDatabase } from './publishing/data/database.ts'
import { startServer } from './servers/start.ts'
import { findTargets } from './targets.ts'

// `pnpm bench [--quick] [--only list,article] [--rounds 5] [--seconds 4] [--connections 64] [--profile]`: the production
// build beside references that do the same work by hand. How to read what it prints: docs/performance.md.
const options = readOptions()
const log = (line: string) => void process.stdout.write(`${line}\n`)

await using database = await openDatabase(log)
const { appUrl: databaseUrl, postgresPid } = database
const nodeOptions = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${benchDir}/profiles`] : []

await using conventional = await startServer({ module: 'conventional.ts', databaseUrl })
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
await using cached = await startServer({
  module: '../../src/main.ts',
  databaseUrl,
  env: { WEB_CONCURRENCY: '1', PUBLIC_CACHE_MB: '32' },
})
await using several = await startServer({
  module: '../../src/main.ts',
  databaseUrl,
  env: { WEB_CONCURRENCY: '2' },
})
const servers = { conventional, reference, tuned, galley, cached, several, official }

const results = new Map<string, Result[]>()
for (const one of cases) {
  if (options.only.length > 0 && !options.only.includes(one.name)) continue
  const targets = await findTargets(one, servers, log)
  results.set(one.name, await measure(targets, { ...options, postgresPid }))
  log(`${one.name}: done`)
}

log(`\n${toTable(results)}\n`)
type Options = {
  rounds: number
  seconds: number
  connections: number
  /** Names of cases to run; all when empty. */
  only: string[]
  /** Write CPU profiles of Galley's process. */
  profile: boolean
}

/** Reads the command line. Throws TypeError for what it does not know. */
function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      connections: { type: 'string', default: '64' },
      only: { type: 'string', default: '' },
      profile: { type: 'boolean', default: false },
    },
  })
  const { quick, rounds = quick ? '2' : '5', seconds = quick ? '1' : '4' } = values
  return {
    rounds: Number(rounds),
    seconds: Number(seconds),
    connections: Number(values.connections),
    only: values.only.split(',').filter(Boolean),
    profile: values.profile,
  }
}
