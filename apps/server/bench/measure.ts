import { setTimeout } from 'node:timers/promises'
import { type Load, load, median, quantile } from './load.ts'
import { references, type Target } from './targets.ts'
import { cpuOf, forgetHighest, memoryOf } from './usage.ts'

/** What the rounds of one target gave. */
export type Result = {
  name: string
  /** Requests a second to those of each reference in the same round; medians of the rounds. */
  ratios: (number | undefined)[]
  p50: number
  p95: number
  p99: number
  /** CPU time of a request, in microseconds. */
  serverCpu: number
  postgresCpu: number
  /** Resident memory of the server at most, in MB. */
  memory: number
  /** Answers other than the 200s. */
  failed: number
}

type Options = Pick<Load, 'connections' | 'seconds'> & { rounds: number; postgresPid: number }
type Round = { perSecond: number; serverCpu: number; postgresCpu: number; memory: number }
type Rounds = { rounds: Round[]; waits: number[]; failed: number }

/** How long a target runs before it is measured, in seconds: PostgreSQL has the pages of others in memory, and who was idle is slower at first. */
const SETTLING = 0.5

/**
 * Runs the targets in turn, round by round, so that what slows the machine down for a while slows all of them; each
 * round begins with another.
 */
export async function measure(targets: Target[], options: Options): Promise<Result[]> {
  const measured = new Map(targets.map((target) => [target, nothingYet()]))
  for (const target of targets) await runOnce(target, options) // warms up
  for (let round = 0; round < options.rounds; round++) {
    for (const [target, all] of rotated([...measured], round)) {
      await runOnce(target, { ...options, seconds: SETTLING })
      await untilIdle(options.postgresPid)
      const { waits, failed, ...one } = await runOnce(target, options)
      all.rounds.push(one)
      for (const wait of waits) all.waits.push(wait)
      all.failed += failed
    }
  }
  const bases = references.map(
    (name) => [...measured].find(([target]) => target.name === name)?.[1].rounds,
  )
  return [...measured].map(([{ name }, { rounds, waits, failed }]) => ({
    name,
    ratios: bases.map((base) => base && ratioOf(rounds, base)),
    p50: quantile(waits, 0.5),
    p95: quantile(waits, 0.95),
    p99: quantile(waits, 0.99),
    serverCpu: median(rounds.map(({ serverCpu }) => serverCpu)),
    postgresCpu: median(rounds.map(({ postgresCpu }) => postgresCpu)),
    memory: Math.max(...rounds.map(({ memory }) => memory)),
    failed,
  }))
}

/** What a run leaves behind PostgreSQL ends, though nobody waits for it. */
async function untilIdle(postgresPid: number) {
  for (let looks = 0; looks < 50; looks++) {
    const before = cpuOf(postgresPid)
    await setTimeout(100)
    if (cpuOf(postgresPid) - before <= 10) return
  }
}

const ratioOf = (rounds: Round[], base: Round[]) =>
  median(rounds.map(({ perSecond }, at) => perSecond / (base[at]?.perSecond ?? Number.NaN)))

const rotated = <Item>(items: Item[], by: number) =>
  items.map((_, at) => items[(at + by) % items.length]).filter((item) => item !== undefined)

const nothingYet = (): Rounds => ({ rounds: [], waits: [], failed: 0 })

async function runOnce({ server, calls }: Target, options: Options) {
  const { connections, seconds, postgresPid } = options
  forgetHighest(server.pid)
  const before = [cpuOf(server.pid), cpuOf(postgresPid)] as const
  const { served, others, waits, ...run } = await load({
    origin: server.origin,
    calls,
    connections,
    seconds,
  })
  const perRequest = (spentMs: number) => (spentMs * 1000) / served
  return {
    perSecond: served / run.seconds,
    serverCpu: perRequest(cpuOf(server.pid) - before[0]),
    postgresCpu: perRequest(cpuOf(postgresPid) - before[1]),
    memory: memoryOf(server.pid).highest,
    waits,
    failed: [...others.values()].reduce((sum, count) => sum + count, 0),
  }
}

const head = [
  'case',
  'transport',
  ...references.map((name) => `to ${name}`),
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'server us',
  'Postgres us',
  'MB',
  'failed',
]

/** The results as a Markdown table. */
export function toTable(results: Map<string, Result[]>): string {
  const rows = [...results].flatMap(([name, all]) => all.map((result) => toRow(name, result)))
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const toRow = (name: string, { name: transport, ...result }: Result) => [
  name,
  transport,
  ...result.ratios.map((ratio) => ratio?.toFixed(2) ?? '-'),
  result.p50.toFixed(1),
  result.p95.toFixed(1),
  result.p99.toFixed(1),
  result.serverCpu.toFixed(0),
  result.postgresCpu.toFixed(0),
  String(result.memory),
  String(result.failed),
]
