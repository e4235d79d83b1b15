import { atMost, equal, type Trial } from '../../trials/trial.ts'
import { post, signIn, watch } from '../../trials/calls.ts'

const marks = (count: number) => `a${'\u0315'.repeat(count)}${'\u0300'.repeat(count)}`

/** Putting combining marks in order takes a time that is quadratic in their number: minutes for a megabyte. */
export const trial: Trial = {
  title: 'Runs of combining marks',
  async run({ startGalley, short }) {
    const galley = await startGalley()
    const writer = await signIn(galley, 'aiko-tanabe')
    const watching = watch(galley)
    const attempts = Array.from({ length: short ? 3 : 20 }, (_, n) => [
      post(galley, '/trpc/sessions.create', { email: `${n}@example.com`, password: marks(15_000) }),
      post(galley, '/trpc/articles.create', { body: marks(15_000) }, writer),
      post(galley, '/trpc/articles.create', { body: marks(200_000) }, writer),
    ])
    const responses = await Promise.all(attempts.flat())
    const refused = responses.filter(({ status }) => status >= 400 && status < 500).length
    const { slowestMs, failed } = await watching.stop()
    return [
      equal('refused', refused, responses.length),
      equal('failed liveness', failed, 0),
      atMost('slowest liveness', slowestMs, 500, ' ms'),
    ]
  },
}
