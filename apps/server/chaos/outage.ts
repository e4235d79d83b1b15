import { setTimeout as sleep } from 'node:timers/promises'
import type { Seen } from '../bench/publishing/scale/traffic.ts'
import { atMost, equal, type Finding, type World } from '../trials/trial.ts'
import { settle } from './settle.ts'
import type { Site } from './site.ts'
import { type Health, type Ready, untilNothing, watchHealth } from './watch.ts'

/** Something that a site works with fails, for a while. */
export type Fault = {
  name: string
  /** How often: 1. */
  times?: number
  forMs: number
  begin(): void | Promise<void>
  end(): void | Promise<void>
  /** What readiness says meanwhile, where it can know. */
  shows?(ready: Ready): boolean
  /** What people may be refused with: 503, and 409 where they send again what is still under way, unless said. */
  refusals?: number[]
  /** Looks at more, once it has begun. */
  meanwhile?(): Promise<Finding[]>
}

/** So many comments are taken before the first and between any two. */
const BETWEEN = 5

/** Lets one fault after the other happen while people read and write, and looks at what is left in the end. */
export async function breakSite(world: World, site: Site, faults: Fault[]): Promise<Finding[]> {
  const health = watchHealth(world, site.origin)
  await untilTaken(site, BETWEEN)
  const findings: Finding[] = []
  for (const fault of faults) findings.push(...(await happen(site, health, fault)))
  return [...findings, ...(await health.stop()), ...(await settle(site))]
}

async function happen(site: Site, health: Health, fault: Fault): Promise<Finding[]> {
  const { name, times = 1, forMs, begin, end, shows, refusals = [503, 409], meanwhile } = fault
  const backs: number[] = []
  const wholes: number[] = []
  const more: Finding[] = []
  site.traffic.take()
  for (let n = 0; n < times; n += 1) {
    await begin()
    if (shows) await health.until(`${name} shows in readiness`, shows)
    if (meanwhile) more.push(...(await meanwhile()))
    await sleep(forMs)
    await end()
    const ended = performance.now()
    await health.until('readiness is back', (now) => now.status === 200 && !shows?.(now))
    await untilTaken(site, 1)
    backs.push(performance.now() - ended)
    await health.until('all parts are well', isWhole)
    wholes.push(performance.now() - ended)
    await untilTaken(site, BETWEEN)
  }
  return [
    ...answers(name, site.traffic.take(), refusals),
    atMost(`${name}, ${times} times: slowest to be back`, Math.max(...backs), 5_000, ' ms'),
    // A look at a part that hangs is cut off after 8 s; the next one finds it well.
    atMost(`${name}: slowest to be well in all parts`, Math.max(...wholes), 15_000, ' ms'),
    ...more,
  ]
}

const isWhole = ({ status, parts }: Ready) =>
  status === 200 && Object.values(parts).every((state) => state === 'ok')

/** An answer in time, and never one that blames those who ask, or that says nothing. */
function answers(name: string, { requests, failed, slowestMs }: Seen, refusals: number[]) {
  const refused = refusals.reduce((sum, status) => sum + (failed.get(status) ?? 0), 0)
  const wrong = [...failed].filter(([status]) => !refusals.includes(status))
  return [
    equal(`${name}: ${requests} requests, ${refused} refused; other failures`, wrong, []),
    atMost(`${name}: slowest answer`, slowestMs, 11_000, ' ms'),
  ]
}

/** Resolves when so many more comments were acknowledged. */
async function untilTaken({ traffic }: Site, count: number) {
  const wanted = traffic.ledger.size + count
  await untilNothing('comments to be taken yet', async () =>
    traffic.ledger.size < wanted ? [wanted - traffic.ledger.size] : [],
  )
}
