import type { LiveMessage } from '@galley/contract/platform/live'
import type { Topic } from '@galley/contract/topics'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useLive } from '../../../lib/live.ts'
import type { Change } from '../../../lib/live-stream.ts'

/** Stands in for the browser's, which jsdom does not have. */
class FakeEventSource extends EventTarget {
  static readonly all: FakeEventSource[] = []
  readonly url: string
  isClosed = false

  constructor(url: string) {
    super()
    this.url = url
    FakeEventSource.all.push(this)
  }

  close() {
    this.isClosed = true
  }

  get input(): { topics: Topic[]; lastEventId?: string } {
    return JSON.parse(new URL(this.url, 'http://localhost').searchParams.get('input') ?? '')
  }

  send(id: string, message: Partial<LiveMessage>) {
    const data = JSON.stringify({ hints: [], reload: false, ended: [], ...message })
    this.dispatchEvent(new MessageEvent('message', { data, lastEventId: id }))
  }

  refuse(httpStatus: number) {
    const data = JSON.stringify({ data: { httpStatus } })
    this.dispatchEvent(new MessageEvent('serialized-error', { data }))
  }
}

const article = '01900000-0000-7000-8000-000000000001'
const other = '01900000-0000-7000-8000-000000000002'

const hintOf = (id: string) =>
  ({ event: 'article.updated', topic: { article: id }, ids: { articleId: id } }) as const

const sources = FakeEventSource.all
const open = () => sources.filter(({ isClosed }) => !isClosed)
const latest = () => {
  const source = open().at(-1)
  if (!source) throw new Error('No stream is open')
  return source
}

const queryClient = new QueryClient()
const invalidate = vi.spyOn(queryClient, 'invalidateQueries')

type Hear = (change: Change) => void

function Watcher({ topics, hear }: { topics: Topic[]; hear: Hear }) {
  useLive(topics, hear)
  return null
}

const page = (...watchers: { topics: Topic[]; hear: Hear }[]) => (
  <QueryClientProvider client={queryClient}>
    {watchers.map(({ topics, hear }, index) => (
      <Watcher key={index} topics={topics} hear={hear} />
    ))}
  </QueryClientProvider>
)

beforeEach(async () => {
  vi.stubGlobal('EventSource', FakeEventSource)
  await import('../../../lib/live-stream.ts')
  vi.useFakeTimers({ shouldAdvanceTime: true })
  sources.length = 0
  invalidate.mockClear()
})

afterEach(async () => {
  await vi.advanceTimersByTimeAsync(3_000)
  vi.useRealTimers()
})

test('all that is watched in a tab comes by one stream, to those who watch it', async () => {
  const [mine, its] = [vi.fn<Hear>(), vi.fn<Hear>()]
  const view = render(
    page({ topics: [{ me: true }], hear: mine }, { topics: [{ article }], hear: its }),
  )
  await expect.poll(open).toHaveLength(1)
  expect(latest().url).toMatch(/^\/trpc\/live\.watch\?input=/)
  expect(latest().input).toEqual({ topics: [{ article }, { me: true }] })
  latest().send('1', {})
  latest().send('2', { hints: [hintOf(article), hintOf(other)] })
  expect(its.mock.calls).toEqual([[{ event: 'article.updated', ids: { articleId: article } }]])
  expect(mine).not.toHaveBeenCalled()

  view.rerender(page({ topics: [{ article: other }], hear: its }))
  await expect.poll(() => latest().input.topics).toEqual([{ article: other }])
  expect(latest().input.lastEventId).toBe('2')
  expect(open()).toHaveLength(1)
  view.unmount()
  await vi.advanceTimersByTimeAsync(2_100)
  expect(open()).toHaveLength(0)
})

test('after too much was missed, or less may be seen, what is shown is read again', async () => {
  const [mine, its] = [vi.fn<Hear>(), vi.fn<Hear>()]
  const view = render(
    page({ topics: [{ me: true }], hear: mine }, { topics: [{ article }], hear: its }),
  )
  await expect.poll(open).toHaveLength(1)
  latest().send('1', { ended: [{ article }] })
  expect(its.mock.calls).toEqual([[{ event: 'reload', ids: {} }]])
  expect(mine).not.toHaveBeenCalled()
  latest().send('2', { reload: true })
  expect(mine.mock.calls).toEqual([[{ event: 'reload', ids: {} }]])
  expect(invalidate).toHaveBeenCalled()
  view.unmount()
})

test('a stream that is lost, or silent, is opened again after its last message', async () => {
  const view = render(page({ topics: [{ article }], hear: vi.fn<Hear>() }))
  await expect.poll(open).toHaveLength(1)
  latest().send('7', {})
  latest().dispatchEvent(new Event('error'))
  expect(open()).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(2_100)
  expect(latest().input.lastEventId).toBe('7')
  latest().send('8', {})
  await vi.advanceTimersByTimeAsync(40_000)
  latest().dispatchEvent(new Event('ping'))
  await vi.advanceTimersByTimeAsync(40_000)
  expect(sources).toHaveLength(2)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sources).toHaveLength(3)
  expect(latest().input.lastEventId).toBe('8')
  view.unmount()
})

test('a refusal is taken for an answer the second time', async () => {
  const view = render(page({ topics: [{ article }], hear: vi.fn<Hear>() }))
  await expect.poll(open).toHaveLength(1)
  latest().refuse(404)
  await vi.advanceTimersByTimeAsync(10_000)
  latest().refuse(404)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(sources).toHaveLength(2)
  view.rerender(page({ topics: [{ article: other }], hear: vi.fn<Hear>() }))
  await expect.poll(open).toHaveLength(1)
  for (let n = 0; n < 3; n += 1) {
    latest().refuse(503)
    expect(open()).toHaveLength(0)
    for (let second = 0; second < 60 && open().length === 0; second += 1)
      await vi.advanceTimersByTimeAsync(1_000)
  }
  expect(open()).toHaveLength(1)
  view.unmount()
})

test('a tab that nobody looks at falls silent after a minute, and goes on when it is shown', async () => {
  const view = render(page({ topics: [{ article }], hear: vi.fn<Hear>() }))
  await expect.poll(open).toHaveLength(1)
  latest().send('9', {})
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.advanceTimersByTimeAsync(40_000)
  expect(open()).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(21_000)
  expect(open()).toHaveLength(0)
  hidden.mockReturnValue(false)
  document.dispatchEvent(new Event('visibilitychange'))
  await expect.poll(() => latest().input.lastEventId).toBe('9')
  view.unmount()
})

test('what is watched on another page by the time that the tab is shown is watched then', async () => {
  const view = render(page({ topics: [{ article }], hear: vi.fn<Hear>() }))
  await expect.poll(open).toHaveLength(1)
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  document.dispatchEvent(new Event('visibilitychange'))
  view.rerender(page({ topics: [{ article: other }], hear: vi.fn<Hear>() }))
  await vi.advanceTimersByTimeAsync(5_000)
  hidden.mockReturnValue(false)
  document.dispatchEvent(new Event('visibilitychange'))
  await expect.poll(() => latest().input.topics).toEqual([{ article: other }])
  view.unmount()
})
