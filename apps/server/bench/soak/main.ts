import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { load } from '../load.ts'
import { cases } from '../publishing/cases.ts'
import { openDatabase } from '../publishing/data/database.ts'
import { startServer, type Server } from '../servers/start.ts'
import { memoryOf } from '../usage.ts'
import { heapFile, type HeapSample } from './heap-probe.ts'

// `pnpm bench:soak [--minutes 5] [--connections 16]`: whether memory grows while the production build serves everything
// that `pnpm bench` measures, mixed. It prints what lives in the heap, of which the garbage is collected first.
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    connections: { type: 'string', default: '16' },
  },
})
const minutes = Number(values.minutes)
const log = (line: string) => void process.stdout.write(`${line}\n`)

await using database = await openDatabase(log)
await using galley = await startServer({
  module: '../../src/main.ts',
  databaseUrl: database.appUrl,
  nodeOptions: ['--expose-gc', '--import', import.meta.resolve('./heap-probe.ts')],
  env: { WEB_CONCURRENCY: '1', PUBLIC_CACHE_MB: '32' },
})
const { served, others, seconds } = await load({
  origin: galley.origin,
  calls: mixedCalls(galley),
  connections: Number(values.connections),
  seconds: minutes * 60,
})
const failed = [...others].map(([status, count]) => `${count} of ${status}`).join(', ') || 'none'
log(`${Math.round(served / seconds)} requests a second for ${minutes} minutes; failed: ${failed}`)

const samples = readSamples()
log('\n| minute | heap MB | outside it MB | resident MB |\n| --- | --- | --- | --- |')
for (let minute = 0; minute <= minutes; minute++) {
  const sample = samples.find((one) => one.seconds >= minute * 60)
  if (sample) log(`| ${minute} | ${rounded(sample).join(' | ')} |`)
}
const growth = growthPerMinute(samples.filter((one) => one.seconds > 60))
log(`\nAfter the first minute the heap grows by ${growth.toFixed(2)} MB a minute.`)
log(`Resident at most: ${memoryOf(galley.pid).highest} MB.`)

/** Of each case one after the other, from all transports. */
function mixedCalls({ publicOrigin }: Server) {
  return Array.from({ length: 200 }, (_, n) =>
    cases.flatMap(({ calls }) => {
      const { trpc, rest, page } = calls(n, publicOrigin)
      return [trpc, rest, page].filter((call) => call !== undefined)
    }),
  ).flat()
}

function readSamples(): HeapSample[] {
  const lines = readFileSync(heapFile, 'utf8').trim().split('\n')
  return lines.map((line): HeapSample => JSON.parse(line))
}

function rounded({ heapMb, externalMb, residentMb }: HeapSample) {
  return [heapMb, externalMb, residentMb].map((mb) => mb.toFixed(0))
}

/** The slope of the line that fits best. */
function growthPerMinute(samples: HeapSample[]): number {
  const points = samples.map(({ seconds: at, heapMb }) => [at / 60, heapMb] as const)
  const [middle, level] = [mean(points.map(([at]) => at)), mean(points.map(([, mb]) => mb))]
  const together = points.map(([at, mb]) => (at - middle) * (mb - level))
  return mean(together) / mean(points.map(([at]) => (at - middle) ** 2))
}

function mean(numbers: number[]) {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length
}
