import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { startTestNginx, type TestNginx, noNginx } from '@galley/testing/nginx'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { useApp } from '../app.ts'
import { signUp } from '../people.ts'
import { bearer, createApiToken } from '../platform/identity/tokens.ts'
import { openStream, type Stream } from '../platform/live/open-stream.ts'
import { articlePages } from './article-pages.ts'
import { trpcUrl, useReaders } from './public-reads.ts'

/** What is recommended, without TLS. */
function configuration(upstream: string, { folder, port }: { folder: string; port: number }) {
  const file = new URL('../../../../deploy/nginx/galley.conf', import.meta.url)
  return readFileSync(file, 'utf8')
    .replace('/var/cache/nginx/galley', `${folder}/cache`)
    .replace('server 127.0.0.1:3000', `server ${upstream}`)
    .replace('listen 80;', `listen unix:${folder}/http.sock;`)
    .replace('listen 443 ssl http2;', `listen 127.0.0.1:${port};`)
    .replaceAll(/ssl_.*;/g, '')
}

describe.skipIf(noNginx)(`behind nginx${noNginx}`, () => {
  const on = useApp(
    { PUBLIC_CACHE_MB: '4', RATE_LIMIT_PER_MINUTE: '100000', TRUST_PROXY: '127.0.0.1' },
    { webBuild: articlePages },
  )
  const { write, publish } = useReaders(on)
  let nginx: TestNginx
  let watched: { id: string; version: number }
  let streams: Stream[]

  beforeAll(async () => {
    const upstream = await on.app.listen({ host: '127.0.0.1', port: 0 })
    nginx = await startTestNginx((place) => configuration(new URL(upstream).host, place))
    watched = await publish(on, 'Watched')
    // Of the same address. The last test sees what becomes of them.
    const topics = [{ article: watched.id }]
    streams = [await openStream(nginx.origin, topics), await openStream(nginx.origin, topics)]
  })
  afterAll(() => nginx[Symbol.asyncDispose]())

  const get = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(nginx.origin + url, { headers })
    const { status, headers: sent } = response
    return { status, cache: sent.get('x-cache'), headers: sent, body: await response.text() }
  }

  /** Resolves once nginx keeps what is at this address: the server lets it from when it hears of changes. */
  const untilKept = (url: string) =>
    expect.poll(async () => (await get(url)).cache, { timeout: 15_000, interval: 50 }).toBe('HIT')

  test("two people and somebody signed out never get each other's pages and answers", async () => {
    const { slug } = await publish(on, 'Shown to all')
    const people = [await signUp(on), await signUp(on)]
    const tokens = await Promise.all(
      people.map((person) =>
        createApiToken(on, person, ['profile:read', 'articles:read', 'comments:read']),
      ),
    )
    const readers = [
      { name: 'nobody', headers: {} },
      ...people.map(({ username, cookie }) => ({ name: username, headers: { cookie } })),
      ...people.map(({ username }, at) => ({
        name: username,
        headers: bearer(tokens[at]?.token ?? ''),
      })),
    ]
    // The last is no page, whatever a cache takes it for by its name.
    const pages = ['/', `/articles/${slug}`, `/articles/${slug}?x=a.css`, `/articles/${slug}/a.css`]
    const calls = ['/trpc/sessions.current', '/trpc/articles.list', '/api/v1/articles']
    await untilKept(`/articles/${slug}`)

    let kept = 0
    for (let turn = 0; turn < 12; turn += 1) {
      for (const url of [...pages, ...calls]) {
        // Each is first at some time, and comes after each.
        for (let at = 0; at < readers.length; at += 1) {
          const reader = readers[(turn + at * (1 + (turn % 4))) % readers.length]
          const { cache, body, headers } = await get(url, reader?.headers)
          const others = people.filter(({ username }) => username !== reader?.name)
          const found = {
            url,
            reader: reader?.name,
            // Some calls name nobody.
            isOwn: !pages.includes(url) || body.includes(`Read by ${reader?.name}<`),
            isOfOthers: others.some(({ username }) => body.includes(username)),
            isKept: Object.keys(reader?.headers ?? {}).length > 0 && cache !== 'BYPASS',
            setsCookie: headers.has('set-cookie'),
          }
          expect(found).toEqual({
            ...found,
            isOwn: true,
            isOfOthers: false,
            isKept: false,
            setsCookie: false,
          })
          if (cache === 'HIT') kept += 1
        }
      }
    }
    expect(kept).toBeGreaterThan(10)
  })

  test('what changes what is sent makes an answer of its own', async () => {
    const { slug } = await publish(on, 'Encoded')
    const url = `/articles/${slug}`
    await untilKept(url)
    for (const encoding of ['br', 'gzip', 'identity', 'gzip', 'br']) {
      const { headers, body } = await get(url, { 'accept-encoding': encoding })
      expect(headers.get('content-encoding') ?? 'identity').toBe(encoding)
      expect(body).toContain('Encoded')
    }
    expect((await get(url, { accept: 'application/json' })).status).toBe(406)
    const { headers } = await get(url)
    const again = await get(url, { 'if-none-match': String(headers.get('etag')) })
    expect([again.status, again.body]).toEqual([304, ''])
    expect(again.headers.get('content-security-policy')).toBe(
      headers.get('content-security-policy'),
    )
    const forged = await get(url, { 'x-forwarded-host': 'evil.example', 'x-original-url': '/me' })
    expect(forged.body).not.toContain('evil')
  })

  test('those who ask at once for what is not kept do not wait for each other', async () => {
    const url = trpcUrl('comments.list', { articleId: watched.id })
    const timed = async () => {
      const begun = performance.now()
      expect(await get(url)).toMatchObject({ status: 200, cache: 'MISS' })
      return performance.now() - begun
    }
    const slowest = async () => Math.max(...(await Promise.all(Array.from({ length: 20 }, timed))))
    // nginx has those who wait look again every 500 ms. A busy machine is slow too, but not each time.
    await expect.poll(slowest, { timeout: 30_000 }).toBeLessThan(400)
  })

  test('what is unpublished is gone within the time that it may be kept', async () => {
    const { id, slug } = await publish(on, 'Gone soon')
    const url = `/articles/${slug}`
    await untilKept(url)
    await write('articles.unpublish', { id, version: 'any' })
    const begun = performance.now()
    await expect
      .poll(async () => (await get(url)).status, { timeout: 30_000, interval: 100 })
      .toBe(404)
    // `s-maxage`, in whole seconds, and some time for a busy machine.
    expect(performance.now() - begun).toBeLessThan(5_000 + 3_000)
  })

  test('streams and sockets pass at once, and are kept open by what the server says', async () => {
    const socket = new WebSocket(`${nginx.origin.replace('http', 'ws')}/trpc`, {
      headers: { origin: 'https://galley.test' },
    })
    const answers: string[] = []
    socket.on('message', (data: Buffer) => answers.push(data.toString()))
    await once(socket, 'open')
    const params = { path: 'live.watch', input: { topics: [{ article: watched.id }] } }
    socket.send(JSON.stringify({ id: 1, method: 'subscription', params }))
    await expect.poll(() => answers.at(-1)).toContain('"hints":[]')

    const pings = () => streams.map(({ events }) => events.some(({ name }) => name === 'ping'))
    await expect.poll(pings, { timeout: 20_000 }).toEqual([true, true])
    const { id, version } = watched
    await write('articles.update', { id, version, title: 'Seen at once' })
    const seen = { event: 'article.updated', ids: { articleId: id } }
    for (const { hints } of streams) await expect.poll(hints).toContainEqual(seen)
    await expect.poll(() => answers.at(-1)).toContain('article.updated')
    socket.terminate()
  })
})
