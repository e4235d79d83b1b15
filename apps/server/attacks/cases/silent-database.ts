import { setTimeout as sleep } from 'node:timers/promises'
import { atMost, equal, type Trial } from '../../trials/trial.ts'

const LIST = '/trpc/articles.list?input=%7B%7D'

/** PostgreSQL stops without a word, as behind a network that swallows everything, and goes on later. */
export const trial: Trial = {
  title: 'The database falls silent',
  async run({ startGalley, short }) {
    const { origin, database } = await startGalley()
    await fetch(origin + LIST)
    database.signal('SIGSTOP')
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const begun = performance.now()
        const { status } = await fetch(origin + LIST)
        return { status, ms: performance.now() - begun }
      }),
    )
    await sleep(short ? 0 : 30_000)
    database.signal('SIGCONT')
    const healed = performance.now()
    while ((await fetch(origin + LIST)).status !== 200) await sleep(100)
    return [
      equal('answers', [...new Set(answers.map(({ status }) => status))], [503]),
      atMost('slowest of them', Math.max(...answers.map(({ ms }) => ms)), 11_000, ' ms'),
      atMost('service after it is back', performance.now() - healed, 5_000, ' ms'),
    ]
  },
}
