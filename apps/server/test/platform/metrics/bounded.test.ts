import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { seriesOf } from './exposition.ts'

const on = useNotesApp({}, { measured: true })

/** As many as a route, a method and a status can make of one unrouted address. */
const MOST_NEW = 400

test('what strangers send makes no series: random paths, methods, hosts and names of procedures', async () => {
  const origin = new URL(await on.app.listen({ port: 0 }))
  const send = (path: string, method: string, headers: Record<string, string> = {}) =>
    new Promise<void>((resolve) => {
      const sent = request({ host: origin.hostname, port: origin.port, path, method, headers })
      sent.on('response', (response) => response.resume().on('close', resolve))
      sent.on('error', () => resolve())
      sent.end()
    })
  const word = () => randomBytes(6).toString('hex')
  const round = async (times: number) => {
    for (let n = 0; n < times; n += 1) {
      const name = word()
      await Promise.all([
        send(`/${name}/${word()}?${name}=1`, 'GET'),
        send(`/trpc/${name}.${word()}`, 'GET'),
        send(`/trpc/notes.${name},notes.list?batch=1`, 'GET'),
        send(`/trpc/notes.list?${name}`, 'POST', { 'content-type': 'application/json' }),
        send(`/api/v1/${name}`, 'DELETE', { authorization: `Bearer ${name}` }),
        send(`/api/v1/notes/${name}`, 'GET', { host: `${name}.example`, 'x-request-id': name }),
        send(`/media/${name}`, 'HEAD', { cookie: `session=${name}`, traceparent: name }),
        send(`/auth/${name}/callback`, 'GET', { origin: `https://${name}.example` }),
        ...['PURGE', 'M-SEARCH', 'PROPFIND', 'LINK', 'TRACE', 'OPTIONS', 'SOURCE'].map((method) =>
          send(`/${name}`, method, { 'access-control-request-method': name }),
        ),
      ])
    }
  }
  const count = async () => (await seriesOf(on.metrics(), true)).length
  const before = await count()
  let after = before
  // On a busy machine some are refused by the gate, which is another status.
  await expect
    .poll(async () => {
      const last = after
      await round(20)
      after = await count()
      return after - last
    })
    .toBe(0)
  expect(after - before).toBeLessThan(MOST_NEW)

  const series = await seriesOf(on.metrics())
  const methods = series.map(({ labels }) => labels['http_request_method'])
  expect(methods).toContain('_OTHER')
  expect(methods).not.toContain('PURGE')
  const longest = Math.max(
    ...series.flatMap(({ labels }) => Object.values(labels)).map((v) => v.length),
  )
  expect(longest).toBeLessThan(80)
})
