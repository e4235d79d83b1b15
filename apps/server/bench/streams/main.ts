import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { quantile } from '../load.ts'
import { benchDir } from '../publishing/data/database.ts'
import { startServer } from '../servers/start.ts'
import { cpuOf, memoryOf } from '../usage.ts'
import { openPeople } from './people.ts'
import { watchAll } from './watch.ts'

// `pnpm bench:streams [--streams 2000]`: what streams cost one process that does nothing else, and how long an event takes from its
// commit to those who watch. What it prints: docs/performance.md.
// `--profile` writes a CPU profile of the server to .galley/bench/profiles.
const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '2000' },
    profile: { type: 'boolean', default: false },
  },
})
const streams = Number(values.streams)
const log = (line: string) => void process.stdout.write(`${line}\n`)

await using people = await openPeople(streams)
await using galley = await startServer({
  module: '../../src/main.ts',
  databaseUrl: people.appUrl,
  env: {
    WEB_CONCURRENCY: '1',
    MAX_CONNECTIONS: '100000',
    MAX_CONNECTIONS_PER_ADDRESS: '100000',
    MAX_STREAMS: '100000',
    MAX_STREAMS_PER_ADDRESS: '100000',
  },
  nodeOptions: values.profile ? ['--cpu-prof', `--cpu-prof-dir=${benchDir}/profiles`] : [],
})
const { watchers } = people
const first = await watchAll(
  galley.origin,
  watchers.slice(0, 1),
  () => [{ me: true }],
  () => {},
)
await sleep(1_000)
const before = memoryOf(galley.pid).now
let deliveries = 0
let waits: number[] = []
let committed = 0
const begun = performance.now()
const all = await watchAll(
  galley.origin,
  watchers.slice(1),
  () => [{ me: true }],
  () => {
    deliveries += 1
    waits.push(performance.now() - committed)
  },
)
const openedIn = (performance.now() - begun) / 1000
await sleep(3_000)
const after = memoryOf(galley.pid).now
log(
  `${all.open()} streams, opened in ${openedIn.toFixed(1)} s; ${(((after - before) * 1024) / all.open()).toFixed(0)} kB each`,
)

const idle = await whileMeasured(async () => sleep(10_000))
const idleShare = idle.cpuMs / idle.ms
log(`CPU of the server while nothing happens: ${(idleShare * 100).toFixed(1)} %`)

log(
  '\n| what happens | heard | p50 ms | p95 ms | most ms | server CPU us each | load late ms (p99) |',
)
log('| --- | --- | --- | --- | --- | --- | --- |')
const others = watchers.slice(1).map(({ userId }) => userId)
await report('an event for one of them, 5 a second', 100, (n) => [
  others[(n * 7919) % others.length] ?? '',
])
await report('an event for each of them, at once', 20, () => others)
first.close()
all.close()

/** Has something happen so many times, five a second, and waits until all have heard. */
async function report(name: string, times: number, to: (n: number) => string[]) {
  deliveries = 0
  waits = []
  let expected = 0
  const { cpuMs, ms, lateMs } = await whileMeasured(async () => {
    for (let n = 0; n < times; n += 1) {
      const userIds = to(n)
      expected += userIds.length
      committed = Infinity
      committed = await people.happen(userIds)
      await until(() => deliveries >= expected)
      await sleep(200)
    }
  })
  const [p50, p95, most] = [0.5, 0.95, 1].map((part) => quantile(waits, part).toFixed(0))
  const each = (Math.max(0, cpuMs - idleShare * ms) * 1000) / deliveries
  log(
    `| ${name} | ${deliveries} of ${expected} | ${p50} | ${p95} | ${most} | ${each.toFixed(0)} | ${lateMs.toFixed(0)} |`,
  )
}

/** Or ten seconds, where some hear nothing. */
async function until(isDone: () => boolean) {
  for (let waited = 0; !isDone() && waited < 10_000; waited += 10) await sleep(10)
}

async function whileMeasured(work: () => Promise<void>) {
  const lateness = monitorEventLoopDelay({ resolution: 10 })
  lateness.enable()
  const [cpu, begun] = [cpuOf(galley.pid), performance.now()]
  await work()
  lateness.disable()
  const ms = performance.now() - begun
  return { cpuMs: cpuOf(galley.pid) - cpu, ms, lateMs: lateness.percentile(99) / 1e6 }
}
