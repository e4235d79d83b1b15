import { EventSource } from 'eventsource'
import { expect, onTestFinished, test } from 'vitest'
import { createGalleyClient, type GalleyError } from '../src/index.ts'
import { serve } from './server.ts'

const message = (id: string) =>
  `data: ${JSON.stringify({ hints: [], reload: id === '3', ended: [] })}\nid: ${id}\n\n`

const connected = 'event: connected\ndata: {}\n\n'

const errorOf = (reason: string, httpStatus: number, code: number) => {
  const data = { code: 'X', httpStatus, reason, fields: [], requestId: 'r-1' }
  return `event: serialized-error\ndata: ${JSON.stringify({ message: 'No.', code, data })}\n\n`
}

const lastIdOf = (url: string): unknown => {
  const input: unknown = JSON.parse(
    new URL(url, 'http://localhost').searchParams.get('input') ?? '{}',
  )
  return Object(input).lastEventId
}

test('a stream that is refused for a while goes on after its last message, until it is refused for good', async () => {
  const { url, seen } = await serve((_, response, at) => {
    if (at === 2) return response.writeHead(503).end()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(connected)
    if (at === 1) return response.end(message('1') + errorOf('stream/too-many', 429, -32_029))
    if (at === 3) return response.end(message('2') + message('3'))
    response.end(errorOf('token/invalid', 401, -32_001))
  })
  const client = createGalleyClient({
    url,
    auth: { token: 'gly_x' },
    EventSource,
    retries: { baseMs: 1, maxMs: 5 },
  })
  const heard: string[] = []
  const failure = new Promise<GalleyError>((resolve) => {
    const watching = client.live.watch.subscribe(
      { topics: [{ me: true }] },
      { onData: ({ id }) => heard.push(id), onError: resolve },
    )
    onTestFinished(() => watching.unsubscribe())
  })
  expect((await failure).reason).toBe('token/invalid')
  expect(heard).toEqual(['1', '2', '3'])
  expect(seen.map(({ headers }) => headers.authorization)).toEqual(seen.map(() => 'Bearer gly_x'))
  const [first, second, third, last] = seen
  expect([first, second, third].map((one) => lastIdOf(one?.url ?? ''))).toEqual([
    undefined,
    '1',
    '1',
  ])
  expect(last?.headers['last-event-id'] ?? lastIdOf(last?.url ?? '')).toBe('3')
})

test('a stream outlives the token that it began with, and ends with the last one', async () => {
  let given = 0
  const { url, seen } = await serve((request, response, at) => {
    if (request.url.endsWith('/refresh')) {
      given += 1
      const pair = { accessToken: `a${given}`, refreshToken: `r${given}`, expiresIn: 0 }
      response.writeHead(given > 2 ? 401 : 200, { 'content-type': 'application/json' })
      return response.end(JSON.stringify(given > 2 ? { reason: 'token/invalid' } : pair))
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(connected + message(String(at)) + errorOf('token/invalid', 401, -32_001))
  })
  const client = createGalleyClient({
    url,
    auth: { refreshToken: 'r0' },
    EventSource,
    retries: { baseMs: 1, maxMs: 5 },
  })
  const heard: string[] = []
  const failure = new Promise<GalleyError>((resolve) => {
    const watching = client.live.watch.subscribe(
      { topics: [{ me: true }] },
      { onData: ({ id }) => heard.push(id), onError: resolve },
    )
    onTestFinished(() => watching.unsubscribe())
  })
  expect((await failure).reason).toBe('token/invalid')
  expect(heard.length).toBeGreaterThan(0)
  const streams = seen.filter(({ url }) => url.includes('live.watch'))
  expect(streams.length).toBe(heard.length)
})
