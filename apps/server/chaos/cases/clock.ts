import { randomUUID } from 'node:crypto'
import { until } from '../../bench/publishing/scale/processes.ts'
import { equal, type Finding, type Trial } from '../../trials/trial.ts'
import { createLinks } from '../processes/links.ts'
import { createClock, noFakeClock, shownBy } from '../processes/clock.ts'
import { compareRest, compareWrites, untilDone } from '../processes/compare.ts'
import { followArticle } from '../processes/follow-article.ts'
import { addWriters } from '../processes/people.ts'
import { createRandom } from '../processes/random.ts'
import { call, doubledMinutes, notOnce, schedule, untilPublished } from '../processes/scheduled.ts'
import { startSite } from '../processes/site.ts'
import { startWriters } from '../processes/writers.ts'

const HOUR = 3_600
const KEY = randomUUID()
const PEOPLE = ['jonas-lind', 'aiko-tanabe', 'petra-novak'] as const

/** The clock of servers and workers is set an hour forward and an hour back while people write; that of the database stays. */
export const trial: Trial = {
  title: 'Clocks that jump by an hour',
  limitMs: 15 * 60_000,
  async run(world) {
    if (noFakeClock) {
      return [{ what: 'nothing tried', measured: "needs Debian's faketime", holds: true }]
    }
    const clock = createClock()
    const env = { ...clock.env, WEB_CONCURRENCY: '2' }
    const site = await startSite(world, { workers: 2, env })
    const known = await addWriters(site, 20)
    const [writer, other] = known.writers
    if (!writer || !other) throw new Error('Nobody is there')
    const follower = followArticle(site, other)
    world.ending.defer(follower.stop)
    await follower.begun()
    const random = createRandom(HOUR)
    const writers = startWriters({ ...site, known, clients: 3, random })
    world.ending.defer(() => writers.stop().catch(() => {}))

    const comment = { articleId: other.article.id, body: 'Sent again and again' }
    const sendAgain = () => call(site, writer, 'comments.create', comment, KEY)
    const kept = await sendAgain()
    const links = createLinks(site)
    const before = { lost: await links.ask(PEOPLE[0]), kept: await links.ask(PEOPLE[1]) }
    const findings: Finding[] = []
    // In half an hour, by the database's clock, which has no such jump.
    const early = await schedule(site, writer, Date.now() + 1_800_000)
    const scheduled: string[] = []
    let step = 0
    for (const seconds of world.short ? [HOUR, -HOUR, 0] : [HOUR, -HOUR, 0, HOUR, 0, -HOUR, 0]) {
      await clock.set(seconds, shownBy(site.origin))
      await follower.comeAgain()
      await writers.reached(writers.ledger.count + 100)
      // What is an hour ahead would be published in an hour.
      if (seconds <= 0) {
        scheduled.push(await schedule(site, writer, clock.now().getTime() + 30_000))
      }
      step += 1
      const { id } = await sendAgain()
      findings.push(equal(`at ${seconds} s: a call that is sent again`, id, kept.id))
      if (step === 1) {
        // Its 60 minutes are over, by this clock.
        findings.push(
          equal('a link of an hour before', await links.follow(before.lost), [400, 400]),
        )
        const link = await links.ask(PEOPLE[2])
        findings.push(equal('a link of that hour', await links.follow(link), [200, 400]))
      }
      if (step === 2) {
        findings.push(equal('a link of an hour after', await links.follow(before.kept), [200, 400]))
      }
    }
    await untilPublished(site, scheduled)
    await writers.stop()
    await untilDone(site, 180_000)
    // Those of the writers, and the one that was sent again and again.
    const wanted = [...writers.ledger.comments.values()].filter(
      ({ articleId }) => articleId === other.article.id,
    ).length
    await until(async () => follower.heard().length > wanted).catch(() => {})
    const heard = follower.heard()
    return [
      ...findings,
      equal('responses that no writer should get', [...writers.wrong], []),
      { what: 'acknowledged writes', measured: String(writers.ledger.count), holds: true },
      equal('comments that a watcher heard of', new Set(heard).size, wanted + 1),
      equal('of them twice', heard.length - new Set(heard).size, 0),
      equal('scheduled articles that were not published once', await notOnce(site, scheduled), 0),
      equal('of one that is not due, published', 1 - (await notOnce(site, [early])), 0),
      equal('minutes with two of a job of each minute', await doubledMinutes(site), []),
      ...(await compareWrites(site, writers.ledger)),
      ...(await compareRest(site)),
    ]
  },
}
