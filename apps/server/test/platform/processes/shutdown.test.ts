import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { useTestDatabase } from '@galley/testing/database'
import { describe, expect, test, vi } from 'vitest'
import { startServer } from '../../server-process.ts'

const database = useTestDatabase()
const call = '/trpc/site.get'
/** Of nobody: that is known when the table of sessions was read. */
const cookie = `galley-session=${'a'.repeat(43)}`

/** Keeps one connection busy until the server asks to close it. */
async function keepAsking(origin: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const statuses: number[] = []
  for (;;) {
    const { status, isLast } = await ask(`${origin}${call}`, agent)
    statuses.push(status)
    if (isLast) return statuses
  }
}

function ask(url: string, agent?: Agent) {
  return new Promise<{ status: number; isLast: boolean }>((resolve, reject) => {
    get(url, { agent, headers: { cookie } }, (response) => {
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          isLast: response.headers.connection === 'close',
        }),
      )
      response.resume()
    }).on('error', reject)
  })
}

async function lockSessions() {
  const sql = await database.sql.reserve()
  await sql`begin`
  await sql`lock table sessions in access exclusive mode`
  return async () => {
    await sql`rollback`
    sql.release()
  }
}

describe('RE1 SIGTERM', () => {
  test.for(['1', '2'])('under load drops nothing, with %s processes', async (WEB_CONCURRENCY) => {
    const server = await startServer({
      DATABASE_URL: database.url,
      WEB_CONCURRENCY,
      SHUTDOWN_DRAIN_MS: '3000',
      RATE_LIMIT_PER_MINUTE: '1000000',
    })
    const clients = Array.from({ length: 20 }, () => keepAsking(server.origin))
    await sleep(500)
    expect((await fetch(`${server.origin}/health/ready`)).status).toBe(200)
    server.kill('SIGTERM')
    const ready = await vi.waitFor(
      async () => {
        const response = await fetch(`${server.origin}/health/ready`)
        expect(response.status).toBe(503)
        return response
      },
      { timeout: 2500 },
    )
    expect(await ready.json()).toEqual({ status: 'unavailable', failing: 'shutdown' })
    expect((await fetch(`${server.origin}/health/live`)).status).toBe(200)

    const statuses = (await Promise.all(clients)).flat()
    expect(statuses.length).toBeGreaterThan(40)
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(await server.exit).toBe(0)
    await expect(fetch(server.origin)).rejects.toThrow()
  })

  test('lets a running request finish after the port is closed', async () => {
    const server = await startServer({ DATABASE_URL: database.url, SHUTDOWN_DRAIN_MS: '0' })
    const unlock = await lockSessions()
    const running = ask(`${server.origin}${call}`)
    await sleep(300)
    server.kill('SIGTERM')
    await sleep(300)
    await expect(fetch(`${server.origin}/health/live`)).rejects.toThrow()
    await unlock()
    expect(await running).toMatchObject({ status: 200, isLast: true })
    const answered = performance.now()
    expect(await server.exit).toBe(0)
    expect(performance.now() - answered).toBeLessThan(2500)
  })

  test('ends within its limit whatever hangs', async () => {
    const server = await startServer({ DATABASE_URL: database.url, SHUTDOWN_TIMEOUT_MS: '500' })
    const unlock = await lockSessions()
    const running = ask(`${server.origin}${call}`).catch((error: unknown) => error)
    await sleep(300)
    const begun = performance.now()
    server.kill('SIGTERM')
    expect(await server.exit).toBe(1)
    expect(performance.now() - begun).toBeLessThan(2500)
    expect(await running).toBeInstanceOf(Error)
    await unlock()
  })

  test('twice ends at once', async () => {
    const server = await startServer({ DATABASE_URL: database.url, SHUTDOWN_DRAIN_MS: '30000' })
    server.kill('SIGTERM')
    await sleep(400)
    const begun = performance.now()
    server.kill('SIGINT')
    expect(await server.exit).toBe(1)
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})
