import { afterAll, expect, test } from 'vitest'
import { createMarkdownRenderer, MarkdownTooComplex, RendererBusy } from '../renderer.ts'

const renderer = createMarkdownRenderer()
afterAll(() => renderer.close())

const SIZE = 100_000
/** Both comparisons of these take all of their time. */
const few = (letters: string[]) =>
  Array.from({ length: SIZE / 2 }, (_, n) => letters[(n * n + n) % letters.length]).join(' ')

const textOf = (markdown: string) => ({ markdown, html: `<p>${markdown}</p>` })
const long = { before: textOf(few(['a', 'b', 'c'])), after: textOf(few(['b', 'a', 'd', 'c', 'e'])) }

test('a long comparison keeps the thread that asks for it free', async () => {
  // Its own time: the machine may be busy.
  const before = process.threadCpuUsage()
  const compared = await renderer.compare(long.before, long.after, { holder: 'mira' })
  const { user } = process.threadCpuUsage(before)
  expect(compared.isRough).toBe(true)
  expect(user / 1000).toBeLessThan(500)
})

test('comparisons take turns with renderings, within the same share of each person', async () => {
  const first = renderer.compare(long.before, long.after, { holder: 'mira' })
  await expect(
    renderer.compare(long.before, long.after, { holder: 'mira' }),
  ).rejects.toBeInstanceOf(RendererBusy)
  const other = renderer.render('*Text*', { holder: 'tomas' })
  expect((await first).isRough).toBe(true)
  expect((await other).html).toBe('<p><em>Text</em></p>')
})

test('a comparison beyond the limit of time ends as a rendering does', async () => {
  await using hasty = createMarkdownRenderer({ timeLimitMs: 50 })
  await expect(hasty.compare(long.before, long.after, { holder: 'mira' })).rejects.toBeInstanceOf(
    MarkdownTooComplex,
  )
})

test('a caller who has left gets no comparison', async () => {
  const signal = AbortSignal.abort(new Error('gone'))
  await expect(
    renderer.compare(long.before, long.after, { holder: 'mira', signal }),
  ).rejects.toThrow('gone')
})
