import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { seriesOf, sumOf } from './exposition.ts'

const variables = {
  NODE_ENV: 'production',
  SMTP_URL: 'smtp://mail.galley.test',
  TRUST_PROXY: '127.0.0.1',
  MAX_CONNECTIONS: '3',
}
const on = useApp(variables, { measured: true })

const traceId = '0af7651916cd43dd8448eb211c80319c'

test('what is refused in front of the gate is counted: requests by http, connections beyond the limit', async () => {
  const origin = await on.app.listen({ host: '127.0.0.1', port: 0 })
  const headers = {
    'x-forwarded-for': '203.0.113.7',
    'x-forwarded-proto': 'http',
    traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    connection: 'close',
  }
  const ask = (method: string) =>
    fetch(`${origin}/api/v1/users`, { method, headers, redirect: 'manual' })
  const refused = await ask('POST')
  expect(await refused.json()).toMatchObject({ reason: 'request/insecure', traceId })
  expect((await ask('GET')).status).toBe(308)
  expect(sumOf(await seriesOf(on.metrics()), 'galley_requests_insecure_total')).toBe(2)

  const sockets = Array.from({ length: 5 }, () =>
    connect(Number(new URL(origin).port), '127.0.0.1'),
  )
  for (const socket of sockets) socket.on('error', () => {})
  await Promise.all(sockets.slice(3).map((socket) => once(socket, 'close')))
  await expect
    .poll(async () => sumOf(await seriesOf(on.metrics()), 'galley_connections_refused_total'))
    .toBe(2)
  for (const socket of sockets) socket.destroy()
})
