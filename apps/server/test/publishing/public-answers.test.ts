import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { publicAddresses, trpcUrl, useReaders } from './public-reads.ts'

const on = useApp({ PUBLIC_CACHE_MB: '4', RATE_LIMIT_PER_MINUTE: '100000' })
const { get, write, publish, keptBy, asAuthor, username } = useReaders(on)
let article = { id: '', slug: '', version: 1 }

beforeEach(async () => {
  article = await publish(on, 'First')
  await keptBy(on)
})

const shareable = 'public, max-age=0, s-maxage=5'

const addresses = () => publicAddresses({ ...article, username: username() })

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
    // Of who asked, and not true of others to whom a shared cache gives it.
    for (const name of ['ratelimit', 'ratelimit-policy', 'x-request-id']) {
      expect([first.headers, headers], url).not.toContainEqual(
        expect.objectContaining({ [name]: expect.anything() }),
      )
    }
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

test('when it was made is said, and who has it since then gets 304', async () => {
  for (const url of addresses()) {
    const ask = async (conditions: Record<string, string>) =>
      (await get(url, conditions)).statusCode
    let modified = ''
    // Of the second in which it was made no time is named that would tell it from others.
    const askAgain = async () => {
      modified = String((await get(url)).headers['last-modified'])
      return ask({ 'if-modified-since': modified })
    }
    await expect.poll(askAgain, { interval: 100 }).toBe(304)
    expect(Date.parse(modified), url).toBeGreaterThan(Date.now() - 60_000)
    expect(Date.parse(modified), url).toBeLessThanOrEqual(Date.now())
    expect(await ask({ 'if-modified-since': 'Sun, 06 Nov 1994 08:49:37 GMT' }), url).toBe(200)
    expect(await ask({ 'if-modified-since': modified, 'if-none-match': '"x"' }), url).toBe(200)
  }
})

test('who has it gets 304 also where it has to be made again', async () => {
  for (const url of addresses()) {
    const { etag } = (await get(url)).headers
    on.deps.publicReads?.dropAll()
    const { statusCode, headers, body } = await get(url, { 'if-none-match': etag })
    const found = { url, statusCode, body, etag: headers.etag }
    expect(found).toEqual({ url, statusCode: 304, body: '', etag })
    expect(headers, url).not.toHaveProperty('content-type')
  }
})

test('what is made says when, and what is stale here is for no other cache', async () => {
  const urls = [trpcUrl('articles.list', { limit: 3 }), '/api/v1/articles?limit=4']
  for (const url of urls) {
    const made = { 'cache-control': shareable, 'last-modified': expect.any(String) }
    expect((await get(url)).headers, url).toMatchObject(made)
  }
  await sleep(5_200)
  for (const url of urls) {
    expect((await get(url)).headers['cache-control'], url).not.toBe(shareable)
    await expect.poll(async () => (await get(url)).headers['cache-control']).toBe(shareable)
  }
})

describe('a request with credentials of whatever kind neither gets nor leaves an answer', () => {
  const credentials = {
    'a session': () => asAuthor(),
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
    expect([await can(asAuthor()), await can({}), await can({}), await can(asAuthor())]).toEqual([
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

  test('an address has the answer to what the call reads in it, not that of one which looks alike', async () => {
    const keep = async (url: string) => {
      await get(url)
      expect((await get(url)).headers.age, url).toMatch(/^[0-4]$/)
    }
    await keep(trpcUrl('search.articles', { q: 'c+rust' }))
    await keep(trpcUrl('articles.bySlug', { slug: article.slug }))
    await keep('/api/v1/search?q=d%2Brust')
    const alike = [
      ['/trpc/search.articles?input=%7B%22q%22%3A%22c+rust%22%7D', 200],
      [`/trpc/articles.bySlug?input={"slug":"a","slug":"${article.slug}"}`, 400],
      ['/api/v1/search?q=d+rust', 200],
    ] as const
    for (const [url, status] of alike) {
      const { statusCode, headers } = await get(url)
      expect({ url, statusCode, age: headers.age }).toEqual({ url, statusCode: status })
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

test('what stands around an article changes when something is published', async () => {
  const url = `/api/v1/articles/${article.id}/around`
  const nextOf = async () => {
    await get(url)
    const kept = await get(url)
    expect(kept.headers.age).toMatch(/^[0-4]$/)
    return kept.json().next?.slug
  }
  expect(await nextOf()).toBeUndefined()
  const second = await publish(on, 'Second')
  expect(await nextOf()).toBe(second.slug)
  await write('articles.unpublish', { id: second.id, version: 'any' })
  expect(await nextOf()).toBeUndefined()
})

const named = () => ({ id: article.id, version: 'any' })
