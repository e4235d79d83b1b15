import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { serve } from '../test/server.ts'
import { createHttpClient, type HttpAttempt } from './client.ts'
import { fetchThrough, readJson } from './fetch.ts'

function useClient() {
  const attempts: HttpAttempt[] = []
  const client = createHttpClient({ onAttempt: (attempt) => attempts.push(attempt) })
  onTestFinished(() => client.close())
  return { client, attempts }
}

test('a response is returned as it is, whatever its status', async () => {
  const url = await serve((request, response) => {
    response.writeHead(404, { 'x-seen': request.headers['user-agent'] }).end('nothing')
  })
  const { client } = useClient()
  const response = await client.send({ url: `${url}/a` })
  expect(response).toMatchObject({ status: 404, body: 'nothing' })
  expect(response.headers.get('x-seen')).toBe('Galley')
})

test('what may pass is tried again, and each attempt is reported without the values of its address', async () => {
  let calls = 0
  const url = await serve((_, response) => {
    calls += 1
    response.writeHead(calls < 3 ? 503 : 200).end('done')
  })
  const { client, attempts } = useClient()
  const response = await client.send({
    url: `${url}/range/canary?q=canary`,
    route: '/range/{prefix}',
  })
  expect(response.body).toBe('done')
  const { host } = new URL(url)
  expect(attempts).toEqual(
    [503, 503, 200].map((status, at) => ({
      host,
      route: '/range/{prefix}',
      method: 'GET',
      attempt: at + 1,
      status,
      ms: expect.any(Number),
    })),
  )
  await client.send({ url: `${url}/canary` })
  expect(JSON.stringify(attempts)).not.toContain('canary')
})

test('a POST is not repeated', async () => {
  let calls = 0
  const url = await serve((_, response) => {
    calls += 1
    response.writeHead(503).end()
  })
  const { client } = useClient()
  expect((await client.send({ url, method: 'POST', body: 'x' })).status).toBe(503)
  expect(calls).toBe(1)
})

test('Retry-After is kept to, and beyond the deadline the response is returned', async () => {
  let calls = 0
  const url = await serve((request, response) => {
    calls += 1
    const seconds = request.url === '/soon' ? '0' : '60'
    response.writeHead(429, { 'retry-after': seconds }).end()
  })
  const { client } = useClient()
  expect((await client.send({ url: `${url}/soon` })).status).toBe(429)
  expect(calls).toBe(3)
  expect((await client.send({ url: `${url}/late`, timeoutMs: 2000 })).status).toBe(429)
  expect(calls).toBe(4)
})

test('a server that does not respond is a time-out', async () => {
  const url = await serve(() => {})
  const { client } = useClient()
  await expect(client.send({ url, timeoutMs: 200 })).rejects.toMatchObject({ kind: 'timeout' })
})

test('a server that is not there is a network failure, after all attempts', async () => {
  const { client, attempts } = useClient()
  await expect(client.send({ url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({
    kind: 'network',
  })
  expect(attempts).toHaveLength(3)
})

test('SS2: a response over the limit is cut off, also one that is small when packed', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)))
  })
  const { client } = useClient()
  await expect(client.send({ url })).rejects.toMatchObject({ kind: 'too-large' })
})

test('no redirect is followed', async () => {
  const url = await serve((_, response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
  })
  const { client } = useClient()
  await expect(client.send({ url })).rejects.toMatchObject({ kind: 'redirect' })
})

test('JSON is checked against its schema', async () => {
  const url = await serve((request, response) => {
    response.end(request.url === '/good' ? '{"n":1}' : '<html>canary')
  })
  const { client } = useClient()
  const schema = z.object({ n: z.number() })
  expect(readJson(await client.send({ url: `${url}/good` }), schema)).toEqual({ n: 1 })
  const bad = await client.send({ url: `${url}/bad` })
  expect(() => readJson(bad, schema)).toThrow('The response is not what was expected')
})

test('it serves libraries as a fetch', async () => {
  const url = await serve((request, response) => {
    request.pipe(response.writeHead(200, { 'content-type': 'application/json' }))
  })
  const { client } = useClient()
  const response = await fetchThrough(client)(url, {
    method: 'POST',
    body: new URLSearchParams({ a: '1' }),
  })
  expect([response.status, response.url, await response.text()]).toEqual([200, url, 'a=1'])
})

test('a response that breaks off is fetched again from its beginning', async () => {
  let calls = 0
  const url = await serve((_, response) => {
    calls += 1
    response.writeHead(200, { 'content-length': '10' })
    if (calls > 1) response.end('0123456789')
    else response.write('01234', () => response.destroy())
  })
  const { client, attempts } = useClient()
  expect((await client.send({ url })).body).toBe('0123456789')
  expect(attempts).toMatchObject([{ problem: 'network' }, { status: 200 }])
})

test('a PUT is repeated with its body', async () => {
  const bodies: string[] = []
  const url = await serve((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      bodies.push(body)
      response.writeHead(bodies.length < 2 ? 503 : 204).end()
    })
  })
  const { client } = useClient()
  expect((await client.send({ url, method: 'PUT', body: 'x' })).status).toBe(204)
  expect(bodies).toEqual(['x', 'x'])
})
