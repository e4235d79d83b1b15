import { beforeEach, expect, test, vi } from 'vitest'
import { useApp, type TestApp } from '../app.ts'
import { signUp } from '../people.ts'
import { articlePages } from './article-pages.ts'
import { useReaders } from './public-reads.ts'

const webBuild = articlePages
const on = useApp({ PUBLIC_CACHE_MB: '4', RATE_LIMIT_PER_MINUTE: '100000' }, { webBuild })
const beside = useApp({ PUBLIC_CACHE_MB: '4' }, { beside: on, webBuild })
const { get, write, publish, keptBy, asAuthor } = useReaders(on)
let article = { id: '', slug: '' }
let comment = { id: '' }
let written = 0

beforeEach(async () => {
  written += 1
  article = await publish(on, `First ${written}`)
  comment = await write('comments.create', { articleId: article.id, body: 'Said' })
  await keptBy(on)
  await keptBy(beside)
})

const page = async (at: TestApp, headers = {}) =>
  (await get(`/articles/${article.slug}`, headers, at)).body
const home = async (at: TestApp) => (await get('/', {}, at)).body

/** Reads until the answer is a kept one. */
const keep = (at: TestApp) =>
  expect
    .poll(async () => {
      await home(at)
      const { headers } = await get(`/articles/${article.slug}`, {}, at)
      return Number(headers.age)
    })
    .toBeGreaterThanOrEqual(0)

test.for<[string, () => Promise<unknown>, string, 'First' | 'Second' | undefined]>([
  ['an updated article', () => retitle(), '<li>Said</li>', 'Second'],
  ['an unpublished one', () => write('articles.unpublish', named()), 'Not found', undefined],
  ['a deleted one', () => write('articles.delete', { id: article.id }), 'Not found', undefined],
  ['a new comment', () => say('More'), '<li>Said</li><li>More</li>', 'First'],
  [
    'a reply',
    () =>
      write('comments.create', { articleId: article.id, parentId: comment.id, body: 'Answered' }),
    '<li>Said</li><li>Answered</li>',
    'First',
  ],
  [
    'closed comments',
    () => write('articles.closeComments', { id: article.id }),
    '<p>Closed</p>',
    'First',
  ],
  [
    'a changed one',
    () => write('comments.update', { id: comment.id, body: 'B' }),
    '<li>B</li>',
    'First',
  ],
  ['one less', () => write('comments.delete', { id: comment.id }), '</h1>', 'First'],
])('%s shows at once where it is written, elsewhere soon', async ([, act, end, title]) => {
  await Promise.all([keep(on), keep(beside)])
  await act()
  const shown = await page(on)
  const [, found] = new RegExp(`<h2>(First|Second) ${written}</h2>`).exec(await home(on)) ?? []
  expect({ shown, isAsWritten: shown.endsWith(end), found }).toEqual({
    shown,
    isAsWritten: true,
    found: title,
  })
  const begun = performance.now()
  await expect.poll(() => page(beside), { interval: 20, timeout: 10_000 }).toBe(shown)
  // Sooner than by its age alone.
  expect(performance.now() - begun).toBeLessThan(4_000)
})

test('a comment has the pages of its article made again, on each server, and no other', async () => {
  const other = await publish(on, 'Another')
  const rendered = vi.spyOn(articlePages, 'fetch')
  const rendersOf = ({ slug }: { slug: string }) =>
    rendered.mock.calls.filter(([{ url }]) => url.endsWith(`/articles/${slug}`)).length
  const readOther = () =>
    Promise.all([on, beside].map((at) => get(`/articles/${other.slug}`, {}, at)))
  let turn = 0
  const attempt = async () => {
    turn += 1
    await Promise.all([readOther(), page(on), page(beside)])
    const before = rendersOf(other)
    const body = `Said in turn ${turn}`
    await say(body)
    expect(await page(on)).toContain(body)
    await expect.poll(() => page(beside), { interval: 20 }).toContain(body)
    await readOther()
    return rendersOf(other) - before
  }
  // Its age ends a page too, on a busy machine also within an attempt.
  await expect.poll(attempt, { timeout: 30_000 }).toBe(0)
  expect(rendersOf(article)).toBeGreaterThan(2)
  rendered.mockRestore()
})

test('each reads their own page, in whatever order', async () => {
  const reader = await signUp(on)
  const [, author] = /Read by ([^<]+)/.exec(await page(on, asAuthor())) ?? []
  const readers: [object, string | undefined][] = [
    [{}, 'nobody'],
    [reader.asBrowser, reader.username],
    [asAuthor(), author],
    [{}, 'nobody'],
    [{ cookie: 'galley-session=forged' }, 'nobody'],
  ]
  for (const [headers, name] of [...readers, ...readers.toReversed()]) {
    expect(await page(on, headers)).toContain(`Read by ${name}<`)
  }
  expect(new Set([author, reader.username, 'nobody']).size).toBe(3)
})

const named = () => ({ id: article.id, version: 'any' })
const retitle = () => write('articles.update', { ...named(), title: `Second ${written}` })
const say = (body: string) => write('comments.create', { articleId: article.id, body })
