import { setTimeout as sleep } from 'node:timers/promises'
import type { Seen } from '../bench/publishing/scale/traffic.ts'
import { atMost, equal, type Finding, type World } from '../trials/trial.ts'
import { settle } from './settle.ts'
import { type Site, startSite } from './site.ts'
import { untilNothing, watchHealth } from './watch.ts'

type Fault = {
  times: number
  /** For how long it stays so. */
  forMs: number
  begin(site: Site): Promise<void>
  end(site: Site): Promise<void>
}

/** So many comments are taken between two. */
const BETWEEN = 5

/** The database goes away and comes back, again and again, while people read and write. */
export async function databaseOutages(world: World, fault: Fault): Promise<Finding[]> {
  const site = await startSite(world)
  const health = watchHealth(world, site.origin)
  const backs: number[] = []
  await untilTaken(site, BETWEEN)
  for (let n = 0; n < fault.times; n += 1) {
    await fault.begin(site)
    await health.until('readiness fails', ({ failing }) => failing === 'database')
    await sleep(fault.forMs)
    await fault.end(site)
    const mended = performance.now()
    await health.until('readiness is back', ({ status }) => status === 200)
    await untilTaken(site, 1)
    backs.push(performance.now() - mended)
    await untilTaken(site, BETWEEN)
  }
  const all = site.traffic.take()
  return [
    ...refusals(all),
    atMost(`slowest of ${fault.times} times to be back`, Math.max(...backs), 5_000, ' ms'),
    ...(await health.stop()),
    ...(await settle(site)),
  ]
}

/** What people may get while a part is away: an answer in time, and never one that blames them or hides what it is. */
function refusals({ requests, failed, slowestMs }: Seen): Finding[] {
  const wrong = [...failed].filter(([status]) => status !== 503)
  const refused = failed.get(503) ?? 0
  return [
    equal(`of ${requests} requests, ${refused} of them 503: other failures`, wrong, []),
    atMost('slowest of them', slowestMs, 11_000, ' ms'),
  ]
}

/** Resolves when so many more comments were acknowledged. */
async function untilTaken({ traffic }: Site, count: number) {
  const wanted = traffic.ledger.size + count
  await untilNothing('comments to be taken yet', async () =>
    traffic.ledger.size < wanted ? [wanted - traffic.ledger.size] : [],
  )
}
