import { randomUUID } from 'node:crypto'
import { until } from '../../bench/publishing/scale/processes.ts'
import { equal, type Finding, type World } from '../../trials/trial.ts'
import { compareRest, compareWrites } from './compare.ts'
import { followArticle } from './follow-article.ts'
import { addWriters } from './people.ts'
import { createRandom } from '@galley/testing/random'
import { call, doubledMinutes, notOnce } from './scheduled.ts'
import type { Site } from './site.ts'
import { startWriters } from './writers.ts'

const KEY = randomUUID()

/** Who writes while a clock jumps, who watches an article, and a call on it that is sent again and again. */
export async function startPeople(world: World, site: Site, seed: number) {
  const known = await addWriters(site, 20)
  const [writer, other] = known.writers
  if (!writer || !other) throw new Error('Nobody is there')
  const follower = followArticle(site, other)
  world.ending.defer(follower.stop)
  await follower.begun()
  const writers = startWriters({ ...site, known, clients: 3, random: createRandom(seed) })
  world.ending.defer(() => writers.stop().catch(() => {}))
  const comment = { articleId: other.article.id, body: 'Sent again and again' }
  const sendAgain = () => call(site, writer, 'comments.create', comment, KEY)
  const kept = await sendAgain()
  return {
    writer,
    writers,
    follower,
    async sentAgain(when: string): Promise<Finding> {
      const { id } = await sendAgain()
      return equal(`${when}: a call that is sent again`, id, kept.id)
    },
    /** What is left of it all once the writers have stopped and every job is done. */
    async compare(scheduled: string[]): Promise<Finding[]> {
      // Those of the writers, and the one that was sent again and again.
      const comments = [...writers.ledger.comments.values()]
      const wanted = comments.filter(({ articleId }) => articleId === other.article.id).length + 1
      await until(async () => follower.heard().length >= wanted).catch(() => {})
      const heard = follower.heard()
      return [
        equal('responses that no writer should get', [...writers.wrong], []),
        { what: 'acknowledged writes', measured: String(writers.ledger.count), holds: true },
        equal('comments that a watcher heard of', new Set(heard).size, wanted),
        equal('of them twice', heard.length - new Set(heard).size, 0),
        equal('scheduled articles that were not published once', await notOnce(site, scheduled), 0),
        equal('minutes with two of a job of each minute', await doubledMinutes(site), []),
        ...(await compareWrites(site, writers.ledger)),
        ...(await compareRest(site)),
      ]
    },
  }
}
