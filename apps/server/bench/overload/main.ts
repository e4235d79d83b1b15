import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Call, load, quantile } from '../load.ts'
import { startServer } from '../servers/start.ts'
import { memoryOf } from '../usage.ts'
import { type Liveness, watchLiveness } from './liveness.ts'
import { getNote, listNotes, openNotes } from './notes.ts'
import { type Answer, offer, send } from './offer.ts'
import { measureSlowClients } from './slow-clients.ts'

// `pnpm bench:overload`: what the production build does with five times as many requests as it can answer, and with
// clients that send or read slowly. What it prints: docs/performance.md.
const SECONDS = 10
const TIMES = 5
const log = (line: string) => void process.stdout.write(`${line}\n`)

await using database = await openNotes()
await using galley = await startServer({
  module: 'notes.ts',
  databaseUrl: database.appUrl,
})
const { origin } = galley

for (const [mix, calls] of Object.entries(mixes())) {
  for (const connections of ['kept', 'fresh'] as const) {
    const name = `${mix}, ${connections} connections`
    const asked = connections === 'kept' ? calls : calls.map(closing)
    await load({ origin, calls: asked, connections: 16, seconds: 2 }) // warms up
    const peak = await load({ origin, calls: asked, connections: 16, seconds: SECONDS })
    const peakPerSecond = peak.served / peak.seconds

    const alive = watchLiveness(origin)
    const lateness = monitorEventLoopDelay({ resolution: 10 })
    lateness.enable()
    const perSecond = peakPerSecond * TIMES
    const answers = await offer(origin, calls, { perSecond, seconds: SECONDS, connections })
    lateness.disable()
    report(name, answers, peakPerSecond, await alive.stop())
    log(`${name}: the load itself was ${(lateness.percentile(99) / 1e6).toFixed(0)} ms late (p99)`)

    await sleep(5_000)
    const after = await send(origin, listNotes(20))
    log(`${name}: 5 s later status ${after.status} after ${after.ms.toFixed(0)} ms`)
  }
}
await measureSlowClients(galley, log)

/** What people and API clients ask for, one list in four a page; and only what costs most. */
function mixes(): Record<string, Call[]> {
  const page: Call = { method: 'GET', path: '/sign-in' }
  const mixed = Array.from({ length: 100 }, (_, n) => [
    listNotes(20),
    getNote(n),
    n % 2 ? page : listNotes(20),
  ])
  return { 'API and pages': mixed.flat(), 'pages only': [page] }
}

function closing(call: Call): Call {
  return { ...call, headers: { ...call.headers, connection: 'close' } }
}

function report(name: string, answers: Answer[], peak: number, liveness: Liveness) {
  const served = answers.filter(({ status }) => status < 300 && status > 0)
  const refused = answers.filter(({ status }) => status === 503 || status === 429)
  const polite = refused.filter(({ retryAfter }) => retryAfter !== undefined)
  const waits = served.map(({ ms }) => ms)
  const lines = [
    `offered ${(answers.length / SECONDS / peak).toFixed(1)} times the peak`,
    `goodput ${((served.length / SECONDS / peak) * 100).toFixed(0)} % of the peak`,
    `accepted p50 ${quantile(waits, 0.5).toFixed(0)} ms, p99 ${quantile(waits, 0.99).toFixed(0)} ms`,
    `refused ${refused.length}, with Retry-After ${polite.length}, neither served nor refused ${answers.length - served.length - refused.length}`,
    ...Object.entries(liveness).map(([kind, probes]) => describeProbes(kind, probes)),
    `memory ${memoryOf(galley.pid).highest} MB at most`,
  ]
  for (const line of lines) log(`${name}: ${line}`)
}

function describeProbes(kind: string, probes: Answer[]) {
  const green = probes.filter(({ status }) => status === 200)
  const slowest = Math.max(...probes.map(({ ms }) => ms))
  const p99 = quantile(
    probes.map(({ ms }) => ms),
    0.99,
  )
  return `liveness, ${kind} connection: ${green.length} of ${probes.length}, p99 ${p99.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms`
}
