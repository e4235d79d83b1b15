import { availableParallelism, loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createDb } from '@galley/db/client'
import { quantile } from '../../load.ts'
import { cpuOf } from '../../usage.ts'
import { compareLedger } from './ledger.ts'
import { type Site, startSite } from './parts.ts'
import { type Part, until } from './processes.ts'
import { fillSite } from './site.ts'
import { nothing, type Seen, startTraffic, type Traffic } from './traffic.ts'

// `pnpm scale [--requests 20000] [--connections 16] [--minutes 5.5]`: a whole site on this machine, HAProxy in front of three servers, two workers,
// PostgreSQL with a standby, Redis and a store of files, under mixed load. Each part is killed in turn, then the servers are
// restarted one after the other until so many requests were sent. It fails where one of these failed, an acknowledged write
// is not there exactly once, or somebody did not see what they wrote.
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    connections: { type: 'string', default: '16' },
    minutes: { type: 'string', default: '5.5' },
  },
})
/** Then no other restart begins, however slow the machine is. */
const LONGEST_MS = Number(values.minutes) * 60_000
const PAUSE_MS = 3_000
const log = (line: string) => void process.stdout.write(`${line}\n`)

const begun = performance.now()
await using site = await startSite()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void site[Symbol.asyncDispose]().then(() => process.exit(1)))
}
const { people, articles, media } = await fillSite(site.origin, site.databaseUrl)
log(`Everything runs after ${seconds(performance.now() - begun)} s. Logs: ${site.logFolder}`)
log(`${availableParallelism()} cores; load before the start: ${loadavg()[0]?.toFixed(1)}`)
const traffic = startTraffic({
  origin: site.origin,
  people,
  articles,
  media,
  connections: Number(values.connections),
})
await sleep(2_000)
await steady(site, traffic)

log('\n| what | requests | failed | last failure after s | back after s |')
log('| --- | --- | --- | --- | --- |')
const [server, worker] = [site.servers[0], site.workers[0]]
if (!server || !worker) throw new Error('No servers')
await faulty('a server, kill -9', () => again(server, 'SIGKILL'))
await faulty('a worker, kill -9', async () => {
  await again(worker, 'SIGKILL')
  await until(async () => (await lateEvents(site.databaseUrl)) === 0)
})
await faulty('Redis, kill -9, away for 3 s', async () => {
  await site.redis.kill()
  await sleep(3_000)
  await site.redis.start()
})
await faulty('the store of files, cut off for 3 s', async () => {
  site.s3.cut()
  await sleep(3_000)
  site.s3.mend()
})
await faulty('the standby, kill -9, away for 3 s', async () => {
  await site.standby.kill()
  await sleep(3_000)
  await site.standby.start()
})
await faulty('the primary, kill -9', async () => {
  await site.primary.kill()
  await site.primary.start()
})
await faulty('HAProxy, kill -9', () => again(site.balancer, 'SIGKILL'))

const restarted = await rollingRestart(Number(values.requests))
await traffic.stop()
const problems = [
  ...(restarted.failed > 0 ? [`${restarted.failed} requests failed during the restart`] : []),
  ...(restarted.requests < Number(values.requests) ? ['the restart had too few requests'] : []),
  ...(await compareLedger(site.databaseUrl, traffic.ledger)),
  ...(traffic.unseen() > 0 ? [`${traffic.unseen()} times a writer did not see their comment`] : []),
]
log(
  `${traffic.ledger.size} acknowledged comments; ${problems.join('; ') || 'each is there once, and was seen by its writer at once'}`,
)
log(`All of it took ${seconds(performance.now() - begun)} s.`)
if (problems.length > 0) process.exitCode = 1

/** What a request costs each part when nothing happens. */
async function steady({ servers, workers, balancer, primary, standby }: Site, { take }: Traffic) {
  const groups = {
    servers: servers.map(({ pid }) => pid),
    workers: workers.map(({ pid }) => pid),
    HAProxy: [balancer.pid],
    primary: [primary.pid()],
    standby: [standby.pid()],
  }
  const used = () =>
    Object.values(groups).map((pids) => pids.reduce((sum, pid) => sum + cpuOf(pid), 0))
  take()
  const [before, from] = [used(), performance.now()]
  await sleep(10_000)
  const [after, lasted, seen] = [used(), performance.now() - from, take()]
  const each = Object.keys(groups).map((name, at) => {
    const us = (((after[at] ?? 0) - (before[at] ?? 0)) * 1_000) / seen.requests
    return `${name} ${Math.round(us)}`
  })
  const quantiles = [0.5, 0.99].map((share) => quantile(seen.waits, share).toFixed(0))
  log(
    `\nSteady: ${Math.round((seen.requests * 1_000) / lasted)} requests a second; p50 ${quantiles[0]} ms, p99 ${quantiles[1]} ms; failed: ${failures(seen)}.`,
  )
  log(`CPU time of a request in microseconds: ${each.join(', ')}.`)
}

async function faulty(name: string, breakIt: () => Promise<void>) {
  traffic.take()
  const from = performance.now()
  await breakIt()
  const back = performance.now() - from
  await sleep(PAUSE_MS)
  row(name, traffic.take(), from, back)
}

async function again(part: Part, signal: NodeJS.Signals) {
  await part.end(signal)
  await part.start()
}

/** One server after the other, round by round. */
async function rollingRestart(wanted: number) {
  traffic.take()
  const from = performance.now()
  const all = nothing()
  let restarts = 0
  while (all.requests < wanted && performance.now() - begun < LONGEST_MS) {
    for (const part of site.servers) {
      await again(part, 'SIGTERM')
      // Until HAProxy has seen that it is there.
      await sleep(500)
      restarts += 1
    }
    add(all, traffic.take())
  }
  row(`rolling restart: ${restarts} of a server, SIGTERM`, all, from, performance.now() - from)
  return { requests: all.requests, failed: sum(all.failed) }
}

function add(all: Seen, { requests, failed, lastFailureAt }: Seen) {
  all.requests += requests
  for (const [status, count] of failed)
    all.failed.set(status, (all.failed.get(status) ?? 0) + count)
  all.lastFailureAt = lastFailureAt ?? all.lastFailureAt
}

function row(name: string, seen: Seen, from: number, back: number) {
  const last = seen.lastFailureAt === undefined ? '' : seconds(seen.lastFailureAt - from)
  log(`| ${name} | ${seen.requests} | ${failures(seen)} | ${last} | ${seconds(back)} |`)
}

function failures({ failed }: Seen) {
  const parts = [...failed].map(([status, count]) => `${count} of ${status || 'no answer'}`)
  return parts.join(', ') || '0'
}

function sum(failed: Map<number, number>) {
  return [...failed.values()].reduce((total, count) => total + count, 0)
}

function seconds(ms: number) {
  return (ms / 1_000).toFixed(1)
}

/** Events that no worker has taken up within two seconds. */
async function lateEvents(url: string) {
  await using database = createDb(url, { max: 1 })
  const [row] = await database.sql<{ count: number }[]>`
    select count(*)::int from outbox where dispatched_at is null and created_at < now() - interval '2 seconds'`
  return row?.count ?? 0
}
