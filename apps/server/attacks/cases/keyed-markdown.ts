import { atMost, equal, type Trial } from '../../trials/trial.ts'
import { post, signIn, watch } from '../../trials/calls.ts'

const slowMarkdown = '*a_ '.repeat(5_000)

/** One person sends slow texts under idempotency keys, which each hold a connection; others read meanwhile. */
export const trial: Trial = {
  title: 'Slow texts under idempotency keys',
  async run({ startGalley, short }) {
    const galley = await startGalley()
    const attacker = await signIn(galley, 'jonas-lind')
    const reading = watch(galley, '/trpc/articles.list?input=%7B%7D')
    const statuses = await Promise.all(
      Array.from({ length: short ? 20 : 60 }, async (_, n) => {
        const headers = { ...attacker, 'idempotency-key': `key-${n}` }
        const path = n % 2 === 0 ? '/trpc/articles.create' : '/trpc/articles.preview'
        const response = await post(galley, path, { body: slowMarkdown }, headers)
        await response.arrayBuffer()
        return response.status
      }),
    )
    const { answers, failed, slowestMs } = await reading.stop()
    // 400: the renderer's time limit.
    const unexpected = statuses.filter((status) => ![200, 400, 429, 503].includes(status))
    return [
      equal('answers of the attacker that are neither taken, refused nor put off', unexpected, []),
      atMost(`failed reads of ${answers.length}`, failed, 0),
      atMost('slowest read', slowestMs, 1_000, ' ms'),
    ]
  },
}
