import { atMost, equal, type Trial } from '../../trials/trial.ts'
import { post, signIn, watch } from '../../trials/calls.ts'

/** Each field that a schema does not know is named by an error: hundreds of thousands must not be. */
export const trial: Trial = {
  title: 'A body of many unknown fields',
  async run({ startGalley }) {
    const galley = await startGalley()
    const fields = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`x${n}`, 0]))
    const watching = watch(galley)
    const writer = await signIn(galley, 'jonas-lind')
    const response = await post(galley, '/trpc/articles.create', fields, writer)
    const bytes = (await response.arrayBuffer()).byteLength
    const { slowestMs } = await watching.stop()
    return [
      equal('status', response.status, 400),
      atMost('answer', bytes / 1024, 8, ' kB'),
      atMost('slowest liveness', slowestMs, 500, ' ms'),
    ]
  },
}
