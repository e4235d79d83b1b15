import { HealthView } from '@galley/contract/platform/health'
import { freePort } from '@galley/testing/free-port'
import { expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { startProgram } from '../../program.ts'
import { runToEnd, startServer } from '../../server-process.ts'
import { parseSeries, sumOf } from '../metrics/exposition.ts'

const on = useApp()

const Reply = z.object({ result: z.object({ data: HealthView }) })

const soon = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 40_000 })

const scrape = async (port: number) => {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`)
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  return parseSeries(await response.text())
}

const ask = async (url: string) => {
  const response = await fetch(url, { headers: { connection: 'close' } })
  await response.arrayBuffer()
}

test('METRICS_PORT, METRICS_HOST: the sums are of all processes, and do not fall when one of them ends', async () => {
  const metricsPort = await freePort()
  const server = await startServer({
    DATABASE_URL: on.database.url,
    WEB_CONCURRENCY: '2',
    PUBLIC_ORIGIN: 'https://galley.test',
    METRICS_PORT: String(metricsPort),
  })
  onTestFinished(() => void server.kill('SIGKILL'))
  await soon(async () => expect(sumOf(await scrape(metricsPort), 'galley_processes')).toBe(2))
  for (let n = 0; n < 40; n += 1) await ask(`${server.origin}/trpc/site.get`)
  const answered = async () =>
    sumOf(await scrape(metricsPort), 'rpc_server_call_duration_seconds_count', {
      rpc_method: 'site.get',
    })
  await soon(async () => expect(await answered()).toBe(40))
  expect(sumOf(await scrape(metricsPort), 'galley_outbox_waiting')).toBe(0)

  const all = await scrape(metricsPort)
  const largest = sumOf(all, 'galley_largest_process_bytes')
  expect(largest).toBeGreaterThan(sumOf(all, 'process_memory_usage_bytes') / 2 - 1)
  expect(largest).toBeLessThan(sumOf(all, 'process_memory_usage_bytes'))
  expect(sumOf(all, 'galley_part_up', { part: 'database' })).toBe(1)

  const { cookie } = await signUp(on, { role: 'admin' })
  const asked = await fetch(`${server.origin}/trpc/health.get`, { headers: { cookie } })
  const { result } = Reply.parse(await asked.json())
  const { measured } = result.data
  expect(measured?.processes).toBe(2)
  expect(measured?.moments.length).toBeGreaterThan(0)

  const pids = server
    .output()
    .split('\n')
    .filter((line) => line.includes('"process answers"'))
    .map((line) => Number(JSON.parse(line).pid))
  process.kill(pids[0] ?? 0, 'SIGKILL')
  await soon(async () => {
    expect(await answered()).toBe(40)
    expect(server.output()).toContain('process ended')
    expect(sumOf(await scrape(metricsPort), 'galley_processes')).toBe(2)
  })
  expect(await answered()).toBe(40)

  const there = await fetch(`${server.origin}/metrics`)
  expect(there.status).toBe(404)
  const elsewhere = await fetch(`http://127.0.0.1:${metricsPort}/`)
  expect(elsewhere.status).toBe(404)
  const posted = await fetch(`http://127.0.0.1:${metricsPort}/metrics`, { method: 'POST' })
  expect(posted.status).toBe(405)

  const second = await runToEnd({
    DATABASE_URL: on.database.url,
    METRICS_PORT: String(metricsPort),
  })
  expect(second.code).toBe(1)
  expect(second.stderr).toContain('METRICS_PORT')
}, 60_000)

test('a worker by itself serves what it measures', async () => {
  const port = await freePort()
  const worker = startProgram('worker.ts', {
    DATABASE_URL: on.database.url,
    LOG_LEVEL: 'warn',
    METRICS_PORT: String(port),
    METRICS_HOST: '::1',
  })
  await soon(async () => {
    const response = await fetch(`http://[::1]:${port}/metrics`)
    const series = parseSeries(await response.text())
    const polled = { kind: 'job', name: 'events.dispatch' }
    expect(sumOf(series, 'galley_db_statements_total', polled)).toBeGreaterThan(0)
    expect(sumOf(series, 'process_memory_usage_bytes')).toBeGreaterThan(0)
  })
  worker.kill('SIGTERM')
  expect(await worker.exit).toBe(0)
}, 60_000)
