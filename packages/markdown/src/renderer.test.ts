import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { languageSamples } from './highlight/language-samples.ts'
import { languages } from './highlight/languages.ts'
import { createRenderThreads } from './render-threads.ts'
import { createMarkdownRenderer, MarkdownTooComplex, RENDER_VERSION } from './renderer.ts'

const BOMB = '*a_ '.repeat(25_000)
const limits = { timeLimitMs: 20_000, maxThreads: 1, idleMs: 10_000, heapMb: 256 }

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
    expect(await renderer.render('# a')).toEqual({
      html: '<h2 id="user-content-a">a</h2>',
      text: 'a',
      words: 1,
    })
    const comment = await renderer.render('# a', { profile: 'comment' })
    expect(comment.html).toBe('<p><strong>a</strong></p>')
    expect(RENDER_VERSION).toBeGreaterThan(0)
  })

  test('starts no thread before the first rendering, and one for all of them', async () => {
    await using renderer = createMarkdownRenderer()
    expect(started).toHaveLength(0)
    const all = await Promise.all(['a', 'b', 'c'].map((text) => renderer.render(text)))
    expect(all.map(({ html }) => html)).toEqual(['<p>a</p>', '<p>b</p>', '<p>c</p>'])
    expect(started).toHaveLength(1)
  })

  test('starts as many threads as it may', async () => {
    await using renderer = createMarkdownRenderer({ maxThreads: 2 })
    await Promise.all(['a', 'b', 'c'].map((text) => renderer.render(text)))
    expect(started).toHaveLength(2)
  })

  test('ends a rendering at its time limit, and then renders what waited behind it', async () => {
    await using renderer = createMarkdownRenderer({ timeLimitMs: 600 })
    const [bomb, next] = await Promise.allSettled([renderer.render(BOMB), renderer.render('a')])
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
      renderer.render('a'),
      ...Array.from({ length: 2 }, () => renderer.render(BOMB)),
      renderer.render('b'),
    ])
    const fates = results.map(({ status }) => status)
    expect(fates).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  })

  test('does not count the compiling of grammars either', { timeout: 60_000 }, async () => {
    await using renderer = createMarkdownRenderer({ timeLimitMs: 1500 })
    const fences = Object.entries(languageSamples).map(
      ([name, code]) => `~~~~${name}\n${code}\n~~~~`,
    )
    const { html } = await renderer.render(fences.join('\n\n'))
    expect(html.match(/<pre/g)).toHaveLength(languages.length)
  })

  test('says which limit a document passed', async () => {
    await using renderer = createMarkdownRenderer()
    await expect(renderer.render(`${'> '.repeat(200)}a`)).rejects.toThrow(
      new MarkdownTooComplex('The text is nested deeper than 100 levels'),
    )
    expect((await renderer.render('a')).html).toBe('<p>a</p>')
    expect(started).toHaveLength(1)
  })

  test('lets what is being rendered end when it closes, and refuses the rest', async () => {
    const renderer = createMarkdownRenderer()
    const first = renderer.render('a')
    const second = renderer.render('b')
    const [rendered, refused] = await Promise.allSettled([first, second, renderer.close()])
    expect(rendered).toMatchObject({ value: { html: '<p>a</p>' } })
    expect(refused).toMatchObject({ reason: new Error('The Markdown renderer is closed') })
    await expect(renderer.render('c')).rejects.toThrow('The Markdown renderer is closed')
    await renderer.close()
  })
})

describe('the threads', () => {
  test('end without work, and start again', async () => {
    const threads = createRenderThreads({ ...limits, idleMs: 20 })
    await threads.render('a', 'article')
    const [idle] = started
    if (idle && running.has(idle)) await once(idle, 'exit')
    expect((await threads.render('b', 'article')).html).toBe('<p>b</p>')
    expect(started).toHaveLength(2)
    await threads.close()
  })

  test('end out of memory without harm to the next document', async () => {
    const threads = createRenderThreads({ ...limits, heapMb: 32 })
    await expect(threads.render('a\n\n'.repeat(30_000), 'article')).rejects.toThrow(
      new MarkdownTooComplex('Rendering needed too much memory'),
    )
    expect((await threads.render('a', 'article')).html).toBe('<p>a</p>')
    await threads.close()
  })
})
