import { equal, type Finding, skipped, type Trial } from '../../trials/trial.ts'
import { createLinks } from '../processes/links.ts'
import { createClock, noFakeClock, shownBy } from '../processes/clock.ts'
import { untilDone } from '../processes/compare.ts'
import { startPeople } from '../processes/people-meanwhile.ts'
import { notOnce, schedule, untilPublished } from '../processes/scheduled.ts'
import { startSite } from '../processes/site.ts'

const HOUR = 3_600
const PEOPLE = ['jonas-lind', 'aiko-tanabe', 'petra-novak'] as const

/** The clock of servers and workers is set an hour forward and an hour back while people write; that of the database stays. */
export const trial: Trial = {
  title: 'Clocks that jump by an hour',
  limitMs: 15 * 60_000,
  async run(world) {
    if (noFakeClock) return [skipped('all of it', "needs Debian's faketime")]
    const clock = createClock()
    const env = { ...clock.env, WEB_CONCURRENCY: '2' }
    const site = await startSite(world, { workers: 2, env })
    const people = await startPeople(world, site, HOUR)
    const { writer, writers, follower } = people
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
      findings.push(await people.sentAgain(`at ${seconds} s`))
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
    return [
      ...findings,
      ...(await people.compare(scheduled)),
      equal('of one that is not due, published', 1 - (await notOnce(site, [early])), 0),
    ]
  },
}
