import { auditLog, outbox } from '@galley/db/schema'
import { sweepJobs } from '@galley/platform/sweeps'
import { beforeAll, expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { seriesOf, sumOf } from './exposition.ts'

const on = useNotesApp({ RATE_LIMIT_PER_MINUTE: '300' }, { measured: true })

// The gate is in front of Fastify, where `inject` does not pass.
let origin = ''
beforeAll(async () => {
  origin = await on.app.listen({ port: 0 })
})
const ask = async (path: string, init?: RequestInit) => {
  const response = await fetch(`${origin}${path}`, init)
  await response.arrayBuffer()
  return response.status
}

const count = async (name: string, labels: Record<string, string> = {}) =>
  sumOf(await seriesOf(on.metrics()), name, labels)

test('calls are counted by procedure and outcome, over tRPC and REST alike', async () => {
  const calls = (labels: Record<string, string>) =>
    count('rpc_server_call_duration_seconds_count', { rpc_method: 'notes.list', ...labels })
  const before = await calls({ rpc_response_status_code: 'OK' })
  await ask('/trpc/notes.list')
  await ask('/api/v1/notes')
  expect(await calls({ rpc_response_status_code: 'OK' })).toBe(before + 2)
  await ask('/api/v1/notes?limit=0')
  expect(await calls({ rpc_response_status_code: 'BAD_REQUEST' })).toBe(1)
  expect(await calls({ error_type: 'BAD_REQUEST' })).toBe(0)
})

test('requests are counted by route: of REST, of a call, of nothing', async () => {
  const requests = (http_route: string, http_response_status_code: string) =>
    count('http_server_request_duration_seconds_count', { http_route, http_response_status_code })
  await ask('/api/v1/notes/00000000-0000-7000-8000-000000000000')
  await ask('/trpc/notes.list')
  await ask('/trpc/notes.list,site.get?batch=1')
  await ask('/nothing/here')
  const series = await seriesOf(on.metrics())
  expect(await requests('/api/v1/notes/:id', '404')).toBe(1)
  expect(await requests('/trpc/notes.list', '200')).toBeGreaterThan(0)
  expect(await requests('/trpc/:path', '200')).toBe(1)
  const unknown = series.filter(({ labels }) => labels['http_response_status_code'] === '404')
  expect(unknown.some(({ labels }) => labels['http_route'] === undefined)).toBe(true)
  expect(sumOf(series, 'http_server_active_requests')).toBe(0)
})

test('statements are counted for the procedure that asks for them', async () => {
  const statements = (name: string) =>
    count('galley_db_statements_total', { kind: 'procedure', name })
  const before = await statements('notes.list')
  await ask('/trpc/notes.list')
  expect(await statements('notes.list')).toBe(before + 1)
  const series = await seriesOf(on.metrics())
  expect(sumOf(series, 'db_client_operation_duration_seconds_count')).toBeGreaterThan(0)
  expect(sumOf(series, 'db_client_connection_wait_time_seconds_count')).toBeGreaterThan(0)
  expect(sumOf(series, 'db_client_connection_count', { db_client_connection_state: 'used' })).toBe(
    0,
  )
  expect(sumOf(series, 'db_client_connection_pending_requests')).toBe(0)
})

test('what waits in the database is read for a scrape', async () => {
  const { db } = on.database
  await db.transaction((tx) => on.deps.domain.jobs.enqueue(tx, sweepJobs, {}))
  const createdAt = new Date(Date.now() - 60_000)
  await db.insert(outbox).values({ event: 'x', payload: {}, requestId: 'x', createdAt })
  const system = {
    actorKind: 'system',
    targetType: 'backup',
    targetId: 'x',
    requestId: 'x',
  } as const
  const at = (seconds: number) => new Date(Date.now() - seconds * 1000)
  await db.insert(auditLog).values([
    { ...system, action: 'backup.taken', at: at(500), after: { missing: 7 } },
    { ...system, action: 'backup.taken', at: at(100), after: { missing: 2 } },
    { ...system, action: 'backup.failed', at: at(10) },
  ])
  const series = await seriesOf(on.metrics(), true)
  expect(sumOf(series, 'galley_backup_age_seconds')).toBeGreaterThan(99)
  expect(sumOf(series, 'galley_backup_age_seconds')).toBeLessThan(400)
  expect(sumOf(series, 'galley_backup_missing_files')).toBe(2)
  expect(sumOf(series, 'galley_site_age_seconds')).toBeGreaterThan(0)
  expect(sumOf(series, 'galley_outbox_waiting')).toBe(1)
  expect(sumOf(series, 'galley_outbox_lag_seconds')).toBeGreaterThan(59)
  const job = { messaging_destination_name: sweepJobs.name }
  expect(sumOf(series, 'galley_jobs_waiting', job)).toBe(1)
  expect(sumOf(series, 'galley_jobs_given_up', job)).toBe(0)
})

test('who is refused for having used up their allowance is counted', async () => {
  const path = `/trpc/${Array(10).fill('notes.list').join(',')}?batch=1`
  for (let n = 0; n < 32; n += 1) await ask(path)
  expect(await count('galley_rate_limit_refusals_total', { policy: 'calls' })).toBeGreaterThan(0)
  expect(
    await count('rpc_server_call_duration_seconds_count', {
      rpc_response_status_code: 'TOO_MANY_REQUESTS',
    }),
  ).toBeGreaterThan(0)
})

test('guesses from many addresses at one account are counted, and so are those at codes and tokens', async () => {
  const refusals = (policy: string) => count('galley_rate_limit_refusals_total', { policy })
  const series = await seriesOf(on.metrics())
  expect(series.some(({ labels }) => labels['policy'] === 'sign-in-throttle')).toBe(true)

  const payload = { email: 'somebody@galley.test', password: 'a password that is wrong' }
  const guess = (n: number) =>
    on.app.inject({
      method: 'POST',
      url: '/trpc/sessions.create',
      remoteAddress: `198.51.100.${n}`,
      payload,
    })
  const guesses = await Promise.all(Array.from({ length: 12 }, (_, n) => guess(n)))
  const throttled = guesses.filter(({ body }) => body.includes('session/throttled'))
  expect(throttled.length).toBe(7)
  expect(await refusals('sign-in-throttle')).toBe(7)
  expect(await refusals('sign-in')).toBe(0)

  const key = { account: 'a person', address: '198.51.100.20' }
  for (let n = 0; n < 6; n += 1) await on.deps.domain.codeThrottle.attempt(key)
  expect(await refusals('code-throttle')).toBe(1)

  const headers = { authorization: 'Bearer galley_wrong' }
  const offend = () => on.app.inject({ url: '/api/v1/me', headers, remoteAddress: '203.0.113.1' })
  while ((await offend()).statusCode === 401);
  expect(await refusals('offences')).toBe(1)
})
