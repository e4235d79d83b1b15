import { setTimeout as sleep } from 'node:timers/promises'
import type { InjectOptions } from 'fastify'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { useApp, type TestApp } from '../app.ts'
import { signUp } from '../people.ts'

const on = useApp({ PUBLIC_CACHE_MB: '4', RATE_LIMIT_PER_MINUTE: '100000' })
let asAuthor: Record<string, string> = {}
let article = { id: '', slug: '', version: 1 }

beforeAll(async () => {
  const author = await signUp(on, { role: 'author' })
  asAuthor = author.asBrowser
  await on.app.ready()
})

beforeEach(async () => {
  article = await publish(on, 'First')
  await keptBy(on)
})

const shareable = 'public, max-age=0, s-maxage=5, stale-while-revalidate=10'

const trpcUrl = (path: string, input: unknown) =>
  `/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`

const get = (url: string, headers: InjectOptions['headers'] = {}, { app }: TestApp = on) =>
  app.inject({ url, headers })

async function write(path: string, input: object, { post }: TestApp = on) {
  const response = await post(`/trpc/${path}`, input, asAuthor)
  expect(response.statusCode, response.body).toBe(200)
  return response.json().result.data
}

async function publish(at: TestApp, title: string) {
  const { id, version } = await write('articles.create', { title, body: 'A text.' }, at)
  return write('articles.publish', { id, version }, at)
}

/** Resolves when this server keeps answers: it does so once it hears of changes, also of the one just made. */
async function keptBy(at: TestApp) {
  await expect
    .poll(
      async () => {
        await get('/api/v1/tags', {}, at)
        await sleep(50)
        return String((await get('/api/v1/tags', {}, at)).headers.age)
      },
      { timeout: 10_000 },
    )
    .toMatch(/^[0-4]$/)
}

const addresses = () => [
  '/trpc/articles.list',
  trpcUrl('articles.list', { limit: 2 }),
  trpcUrl('articles.bySlug', { slug: article.slug }),
  trpcUrl('tags.list', {}),
  '/api/v1/articles',
  '/api/v1/articles?limit=2',
  `/api/v1/articles/${article.slug}`,
  '/api/v1/tags',
]

test('a second reader gets the same answer without a call', async () => {
  for (const url of addresses()) {
    const first = await get(url)
    const second = await get(url)
    const { age, ...headers } = second.headers
    expect(second.statusCode, url).toBe(200)
    expect(age, url).toMatch(/^[0-4]$/)
    expect(second.body, url).toBe(first.body)
    expect(headers, url).toMatchObject({
      'cache-control': shareable,
      etag: first.headers.etag,
      vary: first.headers.vary,
      'content-type': first.headers['content-type'],
      ...(first.headers.link && { link: first.headers.link }),
    })
    expect(first.headers, url).toHaveProperty('cache-control', shareable)
    expect(headers, url).not.toHaveProperty('set-cookie')
    expect(headers, url).not.toHaveProperty('ratelimit')
    expect(headers['x-request-id'], url).not.toBe(first.headers['x-request-id'])
    expect(headers, url).toHaveProperty('content-security-policy', "default-src 'none'")
    for (const name of ['cookie', 'authorization', 'origin']) {
      expect(String(headers.vary).toLowerCase().split(', '), url).toContain(name)
    }
  }
})

test('who has the answer gets 304', async () => {
  for (const url of addresses()) {
    const { etag } = (await get(url)).headers
    const again = await get(url, { 'if-none-match': `W/"other", ${etag}` })
    expect(again.statusCode, url).toBe(304)
    expect(again.body, url).toBe('')
    expect(again.headers, url).toMatchObject({ etag, 'cache-control': shareable })
    expect((await get(url, { 'if-none-match': '"other"' })).statusCode, url).toBe(200)
  }
})

describe('a request with credentials of whatever kind neither gets nor leaves an answer', () => {
  const credentials = {
    'a session': () => asAuthor,
    'a session that is none': () => ({ cookie: 'galley-session=abc' }),
    'any other cookie': () => ({ cookie: 'theme=dark' }),
    'an empty cookie': () => ({ cookie: '' }),
    'a scheme of a proxy': () => ({ authorization: 'Basic YTpi' }),
  }

  test.for(Object.entries(credentials))('%s', async ([, headersOf]) => {
    for (const url of addresses()) {
      await write('articles.update', { ...named(), description: `${Math.random()}` })
      const own = await get(url, headersOf())
      expect(own.headers, url).not.toHaveProperty('age')
      expect(own.headers['cache-control'], url).not.toContain('s-maxage')
      expect(await get(url), url).not.toHaveProperty('headers.age')
    }
  })

  test('the author sees what readers do not, before and after them', async () => {
    const url = trpcUrl('articles.bySlug', { slug: article.slug })
    const can = async (headers: object) =>
      (await get(url, { ...headers })).json().result.data.can.edit
    expect([await can(asAuthor), await can({}), await can({}), await can(asAuthor)]).toEqual([
      true,
      false,
      false,
      true,
    ])
  })
})

describe('what is kept follows from the call alone', () => {
  test('nothing else in a request gets into it', async () => {
    const plain = await Promise.all(addresses().map((url) => get(url)))
    const odd = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-for': '203.0.113.9',
      forwarded: 'host=evil.example',
      'x-original-url': '/trpc/users.me',
      'x-rewrite-url': '/trpc/users.me',
      'x-http-method-override': 'POST',
      'accept-language': 'de',
      'accept-encoding': 'br',
      'user-agent': '<script>',
      origin: 'https://app.galley.test',
    }
    await write('articles.update', { ...named(), description: 'Another.' })
    const first = await Promise.all(addresses().map((url) => get(url, odd)))
    const later = await Promise.all(addresses().map((url) => get(url)))
    for (const [at, { body, headers }] of later.entries()) {
      expect(headers.age).toMatch(/^[0-4]$/)
      expect(body).toBe(first[at]?.body)
      expect(JSON.stringify([body, headers])).not.toMatch(/evil|<script|app\.galley/)
      expect(headers.link).toBe(plain[at]?.headers.link)
    }
    expect(first[0]?.headers).toHaveProperty(
      'access-control-allow-origin',
      'https://app.galley.test',
    )
  })

  test('an address that is not the call itself does not get its answer', async () => {
    const { slug } = article
    await Promise.all(addresses().map((url) => get(url)))
    const odd = [
      '/trpc/articles.list?input=%5B%5D',
      '/trpc/articles.list?input=null',
      '/trpc/articles.list?input=%7B%22limit%22%3A2%7D&x=1',
      '/trpc/articles.list?x=1&input=%7B%22limit%22%3A2%7D',
      '/trpc/articles.list?batch=1&input=%7B%220%22%3A%7B%22limit%22%3A2%7D%7D',
      '/trpc/articles.list?input=%7B%22limit%22%3A2%7D&input=%7B%7D',
      '/trpc/articles.list/',
      '/trpc//articles.list',
      '/trpc/articles%2Elist',
      '/trpc/articles.list.css',
      '/trpc/articles.list;a.css',
      '/trpc/articles.list%3Finput=1',
      '/trpc/constructor',
      '/trpc/__proto__',
      '/api/v1/articles/',
      '/api/v1/articles?limit=2&x=1',
      '/api/v1/articles?limit=2&limit=2',
      '/api/v1/articles?limit=02.5',
      `/api/v1/articles/${slug}/`,
      `/api/v1/articles/${slug}.css`,
      `/api/v1/articles/${slug}/a.css`,
      `/api/v1/articles/x%2F..%2F${slug}`,
      '/api/v1/me',
      '/api/v1/me/feed',
    ]
    for (const url of odd) {
      const { headers, statusCode } = await get(url)
      const isErrorKept = statusCode >= 400 && headers['cache-control'] !== 'no-store'
      const found = { url, age: headers.age, isErrorKept }
      expect(found).toEqual({ url, age: undefined, isErrorKept: false })
    }
    for (const accept of ['trpc-accept', 'accept']) {
      const { headers } = await get('/trpc/articles.list', { [accept]: 'application/jsonl' })
      expect(headers).not.toHaveProperty('age')
    }
    for (const method of ['HEAD', 'POST', 'DELETE'] as const) {
      const { headers } = await on.app.inject({ method, url: '/api/v1/articles' })
      expect(headers).not.toHaveProperty('age')
    }
  })

  test('the same call written otherwise has the same answer', async () => {
    const input = { limit: 2, sort: 'newest' }
    const first = await get(trpcUrl('articles.list', input))
    const turned = await get(trpcUrl('articles.list', { sort: 'newest', limit: 2 }))
    expect(turned.headers.age).toMatch(/^[0-4]$/)
    expect(turned.body).toBe(first.body)
  })

  test('no error is kept, and a refused call is charged each time', async () => {
    for (const url of ['/api/v1/articles/nothing', trpcUrl('articles.bySlug', { slug: 'nothing' })])
      for (const _ of [1, 2]) {
        const { statusCode, headers } = await get(url)
        expect(statusCode).toBe(404)
        expect(headers).toHaveProperty('cache-control', 'no-store')
        expect(headers).toHaveProperty('ratelimit')
      }
  })
})

describe('the process that writes shows it to the next reader', () => {
  const cases: [string, () => Promise<unknown>, RegExp | undefined][] = [
    ['updated', () => write('articles.update', { ...named(), title: 'Second' }), /"Second"/],
    ['unpublished', () => write('articles.unpublish', named()), undefined],
    ['deleted', () => write('articles.delete', { id: article.id }), undefined],
    ['renamed author', () => write('users.updateProfile', { displayName: 'Third' }), /"Third"/],
  ]

  test.for(cases)('%s', async ([, change, expected]) => {
    await Promise.all(addresses().map((url) => get(url)))
    await change()
    const one = await get(trpcUrl('articles.bySlug', { slug: article.slug }))
    const list = await get('/api/v1/articles')
    const found = { status: one.statusCode, isListed: list.body.includes(article.id) }
    const isThere = expected !== undefined
    expect(found).toEqual({ status: isThere ? 200 : 404, isListed: isThere })
    expect(list.body).toMatch(expected ?? /items/)
  })
})

const named = () => ({ id: article.id, version: 'any' })

describe('two processes', () => {
  const beside = useApp({ PUBLIC_CACHE_MB: '4' }, { beside: on })
  /** How old an answer of the process that did not write may be, with some time for a busy machine: TTL and stale time. */
  const BOUND_MS = 15_000 + 1_000

  test('what one writes, the other shows within a second', async () => {
    await keptBy(beside)
    const title = async (at: TestApp) =>
      (await get(`/api/v1/articles/${article.slug}`, {}, at)).json().title
    expect(await title(beside)).toBe('First')
    await write('articles.update', { ...named(), title: 'Second' })
    expect(await title(on)).toBe('Second')
    const begun = performance.now()
    await expect.poll(() => title(beside), { interval: 20, timeout: 10_000 }).toBe('Second')
    expect(performance.now() - begun).toBeLessThan(4_000)
  })

  test('what changes while a process cannot hear of it shows when it can again', async () => {
    await keptBy(beside)
    const url = `/api/v1/articles/${article.slug}`
    const title = async () => (await get(url, {}, beside)).json().title
    expect(await title()).toBe('First')
    await on.database.asOperator(
      (sql) => sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'galley-server-listener'`,
    )
    // As somebody else would, of whom no process hears.
    await on.database.sql`update articles set title = 'Second' where id = ${article.id}`
    const begun = performance.now()
    await expect.poll(title, { interval: 20, timeout: 20_000 }).toBe('Second')
    expect(performance.now() - begun).toBeLessThan(4_500)
  })

  test(
    'of 1,000 random writes and reads none shows what is older than its bound, nor on the writer what is gone',
    { timeout: 120_000 },
    async () => {
      await keptBy(beside)
      const servers = [on, beside]
      const articles = await Promise.all(
        Array.from({ length: 5 }, async (_, n) => {
          const { id, slug } = await publish(on, `Story ${n} 0`)
          return { id, slug, n, edits: 0, isOut: true, at: on, changedAt: performance.now() }
        }),
      )
      const random = randomNumbers(20_261_128)
      let seen = 0
      for (let step = 0; step < 1_000; step++) {
        const one = articles[random(articles.length)]
        const server = servers[random(servers.length)]
        if (!one || !server) throw new Error('No article')
        if (random(5) === 0) {
          await change(one, server, random(3))
        } else {
          await check(one, server)
          seen += 1
        }
      }
      expect(seen).toBeGreaterThan(700)

      type Known = (typeof articles)[number]

      async function change(known: Known, server: TestApp, kind: number) {
        const { id, n } = known
        if (kind === 0) {
          const verb = known.isOut ? 'unpublish' : 'publish'
          await write(`articles.${verb}`, { id, version: 'any' }, server)
          known.isOut = !known.isOut
        } else {
          const title = `Story ${n} ${known.edits + 1}`
          await write('articles.update', { id, version: 'any', title }, server)
          known.edits += 1
          if (!known.isOut) return // nobody sees a draft
        }
        known.changedAt = performance.now()
        known.at = server
      }

      async function check(known: Known, server: TestApp) {
        const asked = performance.now()
        const isRest = random(2) === 0
        const url = isRest
          ? `/api/v1/articles/${known.slug}`
          : trpcUrl('articles.bySlug', { slug: known.slug })
        const response = await get(url, {}, server)
        const data = isRest ? response.json() : response.json().result?.data
        const isCurrent =
          response.statusCode === (known.isOut ? 200 : 404) &&
          (!known.isOut || data.title === `Story ${known.n} ${known.edits}`)
        const isLate = server === known.at || asked - known.changedAt > BOUND_MS
        expect({ url, isCurrent: isCurrent || !isLate }).toEqual({ url, isCurrent: true })
      }
    },
  )
})

/** The same numbers at every run (mulberry32). */
function randomNumbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
