import { connect, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { useApp } from '../app.ts'
import { publicAddresses, trpcUrl, useReaders } from './public-reads.ts'

const on = useApp({
  PUBLIC_CACHE_MB: '4',
  RATE_LIMIT_PER_MINUTE: '100000',
  SHUTDOWN_DRAIN_MS: '1000',
  TRUST_PROXY: '127.0.0.1',
})
const { get, write, publish, keptBy, username } = useReaders(on)
let article = { id: '', slug: '', version: 1 }
let port = 0

beforeAll(async () => {
  await on.app.listen({ host: '127.0.0.1', port: 0 })
  port = (on.app.server.address() as AddressInfo).port
})
beforeEach(async () => {
  article = await publish(on, 'First')
  await keptBy(on)
})

const addresses = () => [
  '/trpc/articles.list',
  trpcUrl('articles.bySlug', { slug: article.slug }),
  '/api/v1/articles?limit=2',
  `/api/v1/articles/${article.slug}`,
]

type Answer = { status: number; headers: Record<string, string>; body: string }

/** Sends bytes unchanged over one connection; returns the responses once the server has closed it. */
async function exchange(bytes: string): Promise<Answer[]> {
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
  socket.setEncoding('latin1')
  let text = ''
  for await (const part of socket) text += String(part)
  return text.split(/(?=HTTP\/1\.1 \d{3} )/).map((one) => {
    const [head = '', ...body] = one.split('\r\n\r\n')
    const [status = '', ...lines] = head.split('\r\n')
    const headers = lines.map((line) => line.split(/: (.*)/s, 2) as [string, string])
    return {
      status: Number(status.split(' ')[1]),
      headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
      body: body.join('\r\n\r\n'),
    }
  })
}

type Sent = { method?: string; headers?: Record<string, string>; body?: string; isLast?: boolean }

const bytesOf = (
  target: string,
  { method = 'GET', headers, body = '', isLast = true }: Sent = {},
) =>
  [
    `${method} ${target} HTTP/1.1`,
    ...Object.entries({ host: 'galley.test', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    ...(isLast ? ['connection: close'] : []),
    `\r\n${body}`,
  ].join('\r\n')

async function send(target: string, sent?: Sent): Promise<Answer> {
  const [answer] = await exchange(bytesOf(target, sent))
  if (!answer) throw new Error('No response')
  return answer
}

/** Also whether it came without Fastify, whose hooks would have looked for a kept answer. */
async function sendWatched(target: string, sent?: Sent) {
  const peek = vi.spyOn(on.deps.publicReads ?? Object(undefined), 'peek')
  const answer = await send(target, sent)
  const isReady = answer.headers.age !== undefined && peek.mock.calls.length === 0
  peek.mockRestore()
  return { ...answer, isReady }
}

/** Twice: the first read loads it, the second finds it kept. */
async function makeReady(url: string) {
  await get(url)
  return get(url)
}

describe('what was asked for twice', () => {
  test('is sent without Fastify, with the same head and body', async () => {
    for (const url of publicAddresses({ ...article, username: username() })) {
      const { age, ...headers } = (await makeReady(url)).headers
      const ready = await sendWatched(url)
      const { date: _, connection: _closed, age: itsAge, ...others } = ready.headers
      expect(others, url).toEqual({ ...headers, date: undefined, connection: undefined })
      expect([age, itsAge], url).toEqual([
        expect.stringMatching(/^\d$/),
        expect.stringMatching(/^\d$/),
      ])
      expect(ready, url).toMatchObject({ status: 200, isReady: true })
      expect(ready.body, url).toBe(Buffer.from((await get(url)).rawPayload).toString('latin1'))
    }
  })

  test('is 304 for who has it, with the same head', async () => {
    for (const url of publicAddresses({ ...article, username: username() })) {
      const { etag = '' } = (await makeReady(url)).headers
      const asked = { headers: { 'if-none-match': `"other", W/${etag}` } }
      const { headers } = await get(url, asked.headers)
      const ready = await sendWatched(url, asked)
      expect(ready, url).toMatchObject({ status: 304, body: '', isReady: true })
      expect(Object.keys(ready.headers).toSorted(), url).toEqual(Object.keys(headers).toSorted())
    }
  })

  test('comes in its turn where requests are sent without waiting', async () => {
    const [list = '', one = ''] = addresses()
    await makeReady(list)
    const answers = await exchange(
      bytesOf(list, { isLast: false }) +
        bytesOf(one, { isLast: false, headers: { cookie: 'theme=dark' } }) +
        bytesOf(list, { isLast: false }) +
        bytesOf('/health/live'),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const kinds = answers.map(({ body }) => /items|title|ok/.exec(body)?.[0])
    expect(kinds).toEqual(['items', 'title', 'items', 'ok'])
    expect(answers[1]?.headers).not.toHaveProperty('age')
  })

  test('has the same line in the log, with whom the proxy names', async () => {
    const [, , url = ''] = addresses()
    await makeReady(url)
    on.logs.length = 0
    const headers = {
      'x-request-id': 'request-of-a-test',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'x-forwarded-for': '198.51.100.1, 203.0.113.9:4711',
    }
    expect(await sendWatched(url, { headers })).toHaveProperty('isReady', true)
    const [line, ...others] = on.logs.map((text) => JSON.parse(text))
    expect(others).toEqual([])
    expect(line).toEqual({
      level: 'info',
      time: expect.any(String),
      requestId: 'request-of-a-test',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      method: 'GET',
      path: '/api/v1/articles',
      status: 200,
      ms: expect.any(Number),
      ip: '203.0.113.9',
      msg: 'request',
    })
  })

  test.for(['update', 'unpublish', 'delete'])('is not sent after "%s"', async (verb) => {
    const [, bySlug = '', , byAddress = ''] = addresses()
    for (const url of [bySlug, byAddress]) {
      await makeReady(url)
      expect((await send(url)).body, url).toContain('First')
    }
    const named = { id: article.id, ...(verb !== 'delete' && { version: 'any' }) }
    await write(`articles.${verb}`, { ...named, ...(verb === 'update' && { title: 'Second' }) })
    for (const url of [bySlug, byAddress]) {
      const { status, body } = await send(url)
      expect(status, url).toBe(verb === 'update' ? 200 : 404)
      expect(body, url).not.toContain('First')
    }
  })
})

describe('what carries anything else is for Fastify', () => {
  const origin = 'https://app.galley.test'
  const cases: [string, Sent, number][] = [
    ['a cookie', { headers: { cookie: 'theme=dark' } }, 200],
    ['an empty cookie', { headers: { cookie: '' } }, 200],
    ['credentials', { headers: { authorization: 'Basic YTpi' } }, 200],
    ['a token', { headers: { authorization: 'Bearer none' } }, 401],
    ['a page of elsewhere', { headers: { origin } }, 200],
    ['HEAD', { method: 'HEAD' }, 200],
    ['DELETE', { method: 'DELETE' }, 405],
    ['an odd method', { method: 'TRACE' }, 405],
    ['a body', { headers: { 'content-length': '2' }, body: '{}' }, 200],
    ['a body in chunks', { headers: { 'transfer-encoding': 'chunked' }, body: '0\r\n\r\n' }, 200],
    ['a host that is none', { headers: { host: 'a/b' } }, 400],
    ['what is to be continued', { headers: { expect: '100-continue' } }, 100],
  ]

  test.for(cases)('%s', async ([, sent, status]) => {
    const [, , url = ''] = addresses()
    await makeReady(url)
    expect(await sendWatched(url, sent)).toMatchObject({ status, isReady: false })
  })

  test('a page of elsewhere may read it, and no cache gives it to another', async () => {
    for (const url of addresses()) {
      await makeReady(url)
      const { headers } = await send(url, { headers: { origin } })
      expect(headers, url).toMatchObject({ 'access-control-allow-origin': origin })
      const others = await send(url)
      expect(others.headers, url).not.toHaveProperty('access-control-allow-origin')
      expect(others.headers.vary?.toLowerCase().split(', '), url).toContain('origin')
    }
  })

  test('a response of tRPC that streams', async () => {
    const [url = ''] = addresses()
    await makeReady(url)
    for (const name of ['accept', 'trpc-accept']) {
      const answer = await send(url, { headers: { [name]: 'application/jsonl' } })
      expect(answer.headers).not.toHaveProperty('age')
    }
  })

  test('an address that is not the same to the byte', async () => {
    const [list = '', one = '', rest = ''] = addresses()
    await Promise.all([list, one, rest].map(makeReady))
    for (const target of [
      `http://galley.test${rest}`,
      `//galley.test${rest}`,
      `${rest}&`,
      `${rest}#a`,
      `${list}?`,
      `${list}/`,
      list.toUpperCase(),
      one.replace('%7B', '%7b'),
      `${one}&x=1`,
    ]) {
      const { status, isReady } = await sendWatched(target)
      expect({ target, status, isReady }).toEqual({ target, status, isReady: false })
    }
    expect((await send(`http://galley.test${rest}`)).status).toBe(400)
  })
})

test('a request that says another method means what it is', async () => {
  const [, , url = ''] = addresses()
  const { body } = await makeReady(url)
  const sent = { headers: { 'x-http-method-override': 'DELETE', 'x-method-override': 'POST' } }
  expect(await sendWatched(url, sent)).toMatchObject({ status: 200, body, isReady: true })
})

// The last one: it ends the server.
test('a server that closes asks for the end of the connection', async () => {
  const [, , url = ''] = addresses()
  await makeReady(url)
  expect(
    (await exchange(bytesOf(url, { isLast: false }) + bytesOf(url)))[0]?.headers,
  ).toMatchObject({
    connection: 'keep-alive',
  })
  const closed = on.app.close()
  await sleep(50)
  const [answer] = await exchange(bytesOf(url, { isLast: false }))
  expect(answer).toMatchObject({ status: 200, headers: { connection: 'close' } })
  await closed
})
