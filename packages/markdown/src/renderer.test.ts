import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { languageSamples, languages } from './highlight/languages.ts'
import { createRenderThreads } from './render-threads.ts'
import {
  createMarkdownRenderer,
  MarkdownTooComplex,
  RENDER_VERSION,
  RendererBusy,
} from './renderer.ts'

const BOMB = '*a_ '.repeat(25_000)
const limits = {
  timeLimitMs: 20_000,
  maxThreads: 1,
  idleMs: 10_000,
  heapMb: 256,
  capacity: 1_000_000,
  share: 1_000_000,
}
const by = { holder: 'a' }

const started: Worker[] = []
const running = new Set<Worker>()
const watch = (message: unknown) => {
  const { worker } = message as { worker: Worker }
  started.push(worker)
  running.add(worker)
  worker.once('exit', () => running.delete(worker))
}
beforeEach(() => {
  started.length = 0
  subscribe('worker_threads', watch)
})
afterEach(() => {
  unsubscribe('worker_threads', watch)
  if (running.size > 0) throw new Error(`${running.size} threads still run`)
})

describe('the Markdown renderer', () => {
  test('renders an article, or a comment', async () => {
    await using renderer = createMarkdownRenderer()
    expect(await renderer.render('# a', by)).toEqual({
      html: '<div class="heading" dir="auto"><h2 id="user-content-a">a</h2><a class="heading-link" href="#user-content-a" aria-label="Link to “a”"></a></div>',
      text: 'a',
      words: 1,
      language: null,
      pictures: [],
      headings: [{ id: 'user-content-a', text: 'a', level: 2 }],
      mentions: [],
    })
    const comment = await renderer.render('# a', { profile: 'comment', holder: 'a' })
    expect(comment.html).toBe('<p><strong>a</strong></p>')
    expect(RENDER_VERSION).toBeGreaterThan(0)
  })

  test('a plain comment needs no thread, any other and every article does', async () => {
    await using renderer = createMarkdownRenderer()
    const comment = { profile: 'comment', ...by } as const
    expect(await renderer.render('A remark.', comment)).toMatchObject({ html: '<p>A remark.</p>' })
    expect(started).toHaveLength(0)
    const aborted = renderer.render('A remark.', { ...comment, signal: AbortSignal.abort() })
    await expect(aborted).rejects.toThrow('aborted')
    expect((await renderer.render('A *remark*.', comment)).html).toBe('<p>A <em>remark</em>.</p>')
    expect(started).toHaveLength(1)
    await renderer.render('A remark.', by)
    expect(started).toHaveLength(1)
  })

  test('starts no thread before the first rendering, and one for all of them', async () => {
    await using renderer = createMarkdownRenderer()
    expect(started).toHaveLength(0)
    const all = await Promise.all(['a', 'b', 'c'].map((text) => renderer.render(text, by)))
    expect(all.map(({ html }) => html)).toEqual(['<p>a</p>', '<p>b</p>', '<p>c</p>'])
    expect(started).toHaveLength(1)
  })

  test('starts as many threads as it may', async () => {
    await using renderer = createMarkdownRenderer({ maxThreads: 2 })
    await Promise.all(['a', 'b', 'c'].map((text) => renderer.render(text, by)))
    expect(started).toHaveLength(2)
  })

  test('ends a rendering at its time limit, and then renders what waited behind it', async () => {
    await using renderer = createMarkdownRenderer({ timeLimitMs: 600 })
    const [bomb, next] = await Promise.allSettled([
      renderer.render(BOMB, by),
      renderer.render('a', by),
    ])
    expect(bomb).toEqual({
      status: 'rejected',
      reason: new MarkdownTooComplex('Rendering took longer than 600 ms'),
    })
    expect(next).toMatchObject({ value: { html: '<p>a</p>' } })
    expect(started).toHaveLength(2)
  })

  test('counts only its own time against a document, not the queue or the start of a thread', async () => {
    await using renderer = createMarkdownRenderer({ timeLimitMs: 600 })
    const results = await Promise.allSettled([
      renderer.render('a', by),
      ...['b', 'c'].map((holder) => renderer.render(BOMB, { holder })),
      renderer.render('b', by),
    ])
    const fates = results.map(({ status }) => status)
    expect(fates).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  })

  test('does not count the compiling of grammars either', { timeout: 60_000 }, async () => {
    await using renderer = createMarkdownRenderer({ timeLimitMs: 1500 })
    const fences = Object.entries(languageSamples).map(
      ([name, code]) => `~~~~${name}\n${code}\n~~~~`,
    )
    const { html } = await renderer.render(fences.join('\n\n'), by)
    expect(html.match(/<pre/g)).toHaveLength(languages.length)
  })

  test('says which limit a document passed', async () => {
    await using renderer = createMarkdownRenderer()
    await expect(renderer.render(`${'> '.repeat(200)}a`, by)).rejects.toThrow(
      new MarkdownTooComplex('The text is nested deeper than 100 levels'),
    )
    expect((await renderer.render('a', by)).html).toBe('<p>a</p>')
    expect(started).toHaveLength(1)
  })

  test('lets what is being rendered end when it closes, and refuses the rest', async () => {
    const renderer = createMarkdownRenderer()
    const first = renderer.render('a', by)
    const second = renderer.render('b', by)
    const [rendered, refused] = await Promise.allSettled([first, second, renderer.close()])
    expect(rendered).toMatchObject({ value: { html: '<p>a</p>' } })
    expect(refused).toMatchObject({ reason: new Error('The Markdown renderer is closed') })
    await expect(renderer.render('c', by)).rejects.toThrow('The Markdown renderer is closed')
    await renderer.close()
  })
})

describe('a document whose caller has left', () => {
  const leave = () => AbortSignal.timeout(300)

  test('is not rendered to its end, and the next one is', async () => {
    await using renderer = createMarkdownRenderer({ timeLimitMs: 60_000 })
    await renderer.render('a', by)
    const [bomb, waiting, next] = await Promise.allSettled([
      renderer.render(BOMB, { ...by, signal: leave() }),
      renderer.render('b', { ...by, signal: leave() }),
      renderer.render('c', { holder: 'c' }),
    ])
    expect(bomb).toMatchObject({ reason: { name: 'TimeoutError' } })
    expect(waiting).toMatchObject({ reason: { name: 'TimeoutError' } })
    expect(next).toMatchObject({ value: { html: '<p>c</p>' } })
    expect(started).toHaveLength(2)
  })

  test('costs no thread when it ends at once', async () => {
    await using renderer = createMarkdownRenderer()
    await renderer.render('a', by)
    const leaving = new AbortController()
    const left = renderer.render('b', { ...by, signal: leaving.signal })
    await new Promise(setImmediate)
    leaving.abort()
    await Promise.allSettled([left])
    expect((await renderer.render('c', by)).html).toBe('<p>c</p>')
    expect(started).toHaveLength(1)
  })
})

test('too much of one person is refused, and is no matter to others', async () => {
  await using renderer = createMarkdownRenderer({ timeLimitMs: 20_000 })
  const long = 'a '.repeat(50_000)
  const all = await Promise.allSettled([
    ...Array.from({ length: 3 }, () => renderer.render(long, by)),
    renderer.render('b', { holder: 'b' }),
  ])
  expect(all.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  expect(all[2]).toMatchObject({ reason: expect.any(RendererBusy) })
})

describe('the threads', () => {
  test('end without work, and start again', async () => {
    const threads = createRenderThreads({ ...limits, idleMs: 20 })
    await threads.render('a', { ...by, profile: 'article' })
    const [idle] = started
    if (idle && running.has(idle)) await once(idle, 'exit')
    expect((await threads.render('b', { ...by, profile: 'article' })).html).toBe('<p>b</p>')
    expect(started).toHaveLength(2)
    await threads.close()
  })

  test('end out of memory without harm to the next document', async () => {
    const threads = createRenderThreads({ ...limits, heapMb: 80 })
    await expect(
      threads.render('a\n\n'.repeat(80_000), { ...by, profile: 'article' }),
    ).rejects.toThrow(new MarkdownTooComplex('Rendering needed too much memory'))
    expect((await threads.render('a', { ...by, profile: 'article' })).html).toBe('<p>a</p>')
    await threads.close()
  })
})
