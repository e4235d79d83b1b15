import { atLeast, atMost, type Trial } from '../../trials/trial.ts'
import { post, signIn, watch } from '../../trials/calls.ts'

const slowMarkdown = '*a_ '.repeat(5_000)

/** One person asks for slow previews and leaves; another one writes meanwhile. */
export const trial: Trial = {
  title: 'Slow previews whose callers have left',
  async run({ startGalley, short }) {
    const galley = await startGalley()
    const attacker = await signIn(galley, 'jonas-lind')
    const writer = await signIn(galley, 'aiko-tanabe')
    const watching = watch(galley)
    const previews = Array.from({ length: short ? 60 : 200 }, () =>
      post(
        galley,
        '/trpc/articles.preview',
        { body: slowMarkdown },
        attacker,
        AbortSignal.timeout(500),
      ).catch(() => {}),
    )
    await Promise.all(previews)

    let created = 0
    let slowestWrite = 0
    for (let n = 0; n < 5; n += 1) {
      const begun = performance.now()
      const response = await post(
        galley,
        '/trpc/articles.create',
        { title: `A title ${n}`, body: 'Some *text*' },
        writer,
      )
      if (response.ok) created += 1
      await response.arrayBuffer()
      slowestWrite = Math.max(slowestWrite, performance.now() - begun)
    }
    const { slowestMs } = await watching.stop()
    return [
      atLeast('articles of the other person', created, 5),
      atMost('slowest of them', slowestWrite, 2_000, ' ms'),
      atMost('slowest liveness', slowestMs, 500, ' ms'),
    ]
  },
}
