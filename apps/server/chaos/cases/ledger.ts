import { type Trial, atMost, equal, type Finding } from '../../trials/trial.ts'
import { compareWrites, compareRest, leftBehind, untilDone } from '../processes/compare.ts'
import { killOne, type Kills } from '../processes/kills.ts'
import { createRandom } from '@galley/testing/random'
import { startSite } from '../processes/site.ts'
import { supervise } from '../processes/supervise.ts'
import { startWriters } from '../processes/writers.ts'
import { addWriters } from '../processes/people.ts'

const SEED = 20_261_129
const CLIENTS = 6

/** Servers and workers are killed at random moments while people write, and started again by a supervisor. */
export const trial: Trial = {
  title: 'Kills of servers and workers beside a ledger of acknowledged writes',
  limitMs: 45 * 60_000,
  async run(world) {
    const { writes, kills, people } = world.short
      ? { writes: 2_000, kills: 5, people: 40 }
      : { writes: 100_000, kills: 100, people: 280 }
    const site = await startSite(world, { workers: 2, env: { WEB_CONCURRENCY: '2' } })
    const random = createRandom(SEED)
    const known = await addWriters(site, people)
    const supervisor = supervise([site.server, ...site.workers])
    world.ending.defer(supervisor.stop)
    const begun = performance.now()
    const writers = startWriters({ ...site, known, clients: CLIENTS, random, goal: writes })
    world.ending.defer(() => writers.stop().catch(() => {}))
    const done: Kills = { process: 0, tree: 0, master: 0, worker: 0 }
    const each = writes / (kills + 1)
    for (let n = 1; n <= kills; n += 1) {
      await writers.reached(Math.floor(each * (n - 0.45 + random.next() * 0.9)))
      done[await killOne(site, supervisor, random)] += 1
    }
    await writers.reached(writes)
    await writers.stop()
    await supervisor.stop()
    const seconds = (performance.now() - begun) / 1_000
    const behindMs = await untilDone(site, 300_000)
    const findings: Finding[] = [
      equal(
        'kills',
        Object.values(done).reduce((sum, count) => sum + count, 0),
        kills,
      ),
      { what: 'of which', measured: JSON.stringify(done), holds: true },
      {
        what: 'acknowledged writes',
        measured: `${writers.ledger.count} in ${seconds.toFixed(0)} s; sent again ${JSON.stringify([...writers.again])}`,
        holds: writers.ledger.count >= writes,
      },
      equal('responses that nobody should get', [...writers.wrong], []),
      atMost('longest time without a write', writers.longestPauseMs(), 30_000, ' ms'),
      atMost('until the last job was done after that', behindMs, 120_000, ' ms'),
      ...(await compareWrites(site, writers.ledger)),
      ...(await compareRest(site)),
    ]
    for (const part of [site.server, ...site.workers]) await part.end('SIGTERM')
    return [...findings, ...(await leftBehind(site))]
  },
}
