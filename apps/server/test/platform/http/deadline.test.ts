import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'

let signal: AbortSignal | undefined

const on = useApp(
  {},
  {
    webBuild: {
      clientDir: import.meta.dirname,
      publicAddressOf: () => undefined,
      async fetch(request) {
        signal = request.signal
        await sleep(10_400)
        return new Response('too late')
      },
    },
  },
)

test('RE4 no request waits longer than 10 s, and what comes too late does no harm', async () => {
  const begun = performance.now()
  const response = await on.app.inject({ url: '/', headers: { accept: 'text/html' } })
  expect(response.statusCode).toBe(503)
  expect(performance.now() - begun).toBeLessThan(11_000)
  expect(response.headers).toMatchObject({
    'retry-after': '1',
    connection: 'close',
    'cache-control': 'no-store',
  })
  expect(response.body).toContain('The service is busy or starting up.')
  expect(signal?.aborted).toBe(true)

  await sleep(700)
  expect((await on.app.inject('/health/live')).statusCode).toBe(200)
  const severe = on.logs.filter((line) => /"level":"(warn|error|fatal)"/.test(line))
  expect(severe).toEqual([expect.stringContaining('No response within 10000 ms')])
})
