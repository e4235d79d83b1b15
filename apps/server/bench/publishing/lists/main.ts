import { parseArgs } from 'node:util'
import { startCluster } from '@galley/embedded-postgres'
import { createDeps } from '../../../src/deps.ts'
import { benchDir } from '../data/database.ts'
import { fillDatabase } from './database.ts'
import { openExplained, type Cost } from './explain.ts'
import { callersOn, combinedListsOf, environment, listsOf } from './world.ts'

// `pnpm bench:lists [--sizes 1000,50000,500000]`: what each list costs PostgreSQL, by EXPLAIN ANALYZE, at each number of
// articles. A tenth of them has the author, the tag and the reader that are asked for: what grows with them would show.
const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '1000,50000,500000' } },
})
const sizes = values.sizes.split(',').map(Number)

await using cluster = await startCluster({ dataDir: `${benchDir}/lists` })
const columns = new Map<number, Map<string, Cost>>()
for (const size of sizes) {
  columns.set(size, await measure(await fillDatabase(cluster, size), size))
  process.stdout.write(`${size}: done\n`)
}
process.stdout.write(`\n${toTable(columns)}\n`)

async function measure(url: string, size: number) {
  await using explained = openExplained(url)
  await using deps = createDeps(environment(url))
  const costs = new Map<string, Cost>()
  const callers = callersOn(deps, explained.db)
  const lists = { ...listsOf(callers, size), ...combinedListsOf(callers) }
  for (const [name, read] of Object.entries(lists)) {
    costs.set(name, await explained.costOf(read))
  }
  return costs
}

function toTable(costs: Map<number, Map<string, Cost>>): string {
  const names = [...([...costs.values()][0]?.keys() ?? [])]
  const head = ['list', ...[...costs.keys()].map((size) => `${size.toLocaleString('en')} articles`)]
  const rows = names.map((name) => [
    name,
    ...[...costs.values()].map((column) => {
      const { ms = 0, buffers = 0 } = column.get(name) ?? {}
      return `${ms.toFixed(2)} ms, ${buffers} blocks`
    }),
  ])
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}
