import { HealthView } from '@galley/contract/platform/health'
import { expect, test } from 'vitest'
import { createHistory } from '../../../src/metrics/history.ts'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'

const on = useNotesApp({}, { measured: true })

async function healthOf(path: string) {
  const admin = await signUp(on, { role: 'admin' })
  const response = await on.app.inject({ url: path, headers: admin.asBrowser })
  expect(response.statusCode).toBe(200)
  const body = response.json()
  return HealthView.parse(body.result?.data ?? body)
}

test('admins read what responds and what waits, over tRPC and REST', async () => {
  for (const path of ['/trpc/health.get', '/api/v1/site/health']) {
    const { checks, backlog, measured } = await healthOf(path)
    expect(checks).toMatchObject([
      { part: 'database', state: 'ok' },
      { part: 'worker' },
      { part: 'storage', state: 'ok' },
    ])
    expect(backlog).toMatchObject({
      outbox: { waiting: expect.any(Number) },
      backupAgeSeconds: null,
      backupMissingFiles: null,
      siteAgeSeconds: expect.any(Number),
    })
    expect(measured).toBeNull()
  }
})

test('the history tells of the time since it began: calls, requests and resources', async () => {
  const origin = await on.app.listen({ port: 0 })
  const history = createHistory(async () => [await on.metrics().collect(false)])
  try {
    await expect.poll(async () => (await history.measured()).moments.length).toBe(1)
    for (let n = 0; n < 7; n += 1) await (await fetch(`${origin}/trpc/notes.list`)).arrayBuffer()
    const measured = await history.measured()
    expect(measured.moments[0]?.requestsPerSecond).toBeGreaterThan(0)
    expect(measured.moments[0]?.memoryBytes).toBeGreaterThan(10_000_000)
    expect(measured.procedures).toMatchObject([{ path: 'notes.list', calls: 7, failed: 0 }])
    expect(measured).toMatchObject({
      processes: 1,
      connections: { used: 0, waiting: 0 },
      refused: { tooManyAtOnce: 0, allowanceUsedUp: 0 },
      mail: { sent: 0, failed: 0 },
      streams: 0,
    })
  } finally {
    history.stop()
  }
})
