import { setTimeout as sleep } from 'node:timers/promises'
import { useTestDatabase } from '@galley/testing/database'
import { freePort } from '@galley/testing/free-port'
import { expect, onTestFinished, test, vi } from 'vitest'
import { runToEnd, startServer } from '../../server-process.ts'

const database = useTestDatabase()
/** Of tests that start several processes, one after the other. */
const patient = { timeout: 120_000 }
const list = '/trpc/site.get'

/** Two processes, both answering. */
async function startTwo(env: Record<string, string> = {}) {
  const server = await startServer({ DATABASE_URL: database.url, WEB_CONCURRENCY: '2', ...env })
  onTestFinished(() => void server.kill('SIGKILL'))
  await soon(() => expect(pidsOf(server.output())).toHaveLength(2))
  return { server, pids: pidsOf(server.output()) }
}

/** A connection of its own for each: they go to the processes in turn. */
const ask = (url: string, headers: Record<string, string> = {}) =>
  fetch(url, { headers: { connection: 'close', ...headers } }).then(
    async (response) => {
      await response.arrayBuffer()
      return response.status
    },
    () => 0,
  )

/** A connection that nobody has would hang for ever; others may take their time on a busy machine. */
const HANGING_MS = 5_000

/** Opens one connection after the other; `stop` returns how long each took. */
function connectUntil({ origin }: { origin: string }) {
  const waits: number[] = []
  const stopping = new AbortController()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      const begun = performance.now()
      const headers = { connection: 'close' }
      const signal = AbortSignal.timeout(HANGING_MS)
      await fetch(`${origin}/health/live`, { headers, signal }).catch(() => {})
      waits.push(performance.now() - begun)
    }
  })()
  const stop = async () => {
    stopping.abort()
    await running
    return waits
  }
  return { stop }
}

/** The processes that said that they answer, in that order. */
const pidsOf = (output: string) =>
  output
    .split('\n')
    .slice(0, -1) // the last is not complete yet
    .filter((line) => line.includes('"process answers"'))
    .map((line) => Number(JSON.parse(line).pid))

/** A process starts within this time, on a machine that is busy too. */
const soon = (look: () => void) => vi.waitFor(look, { timeout: 40_000 })

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test(
  'a process that is killed is missed by nobody, and another takes its place',
  patient,
  async () => {
    const { server, pids } = await startTwo()
    const [first = 0, second = 0] = pids
    expect(isAlive(first) && isAlive(second)).toBe(true)
    process.kill(first, 'SIGKILL')
    await soon(() => expect(server.output()).toContain('"process ended"'))
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(server.origin + list)))
    expect(new Set(answers)).toEqual(new Set([200]))

    await soon(() => expect(pidsOf(server.output())).toHaveLength(3))
    const third = pidsOf(server.output())[2] ?? 0
    process.kill(second, 'SIGKILL')
    await soon(() => expect(server.output().split('"process ended"')).toHaveLength(3))
    expect(await ask(server.origin + list)).toBe(200)
    expect(isAlive(third)).toBe(true)
    server.kill('SIGTERM')
    expect(await server.exit).toBe(0)
    expect(isAlive(third)).toBe(false)
  },
)

test('a client that connects while a process is killed is answered or cut off at once', async () => {
  const { server } = await startTwo()
  const alive = () => pidsOf(server.output()).filter(isAlive)
  const waits: number[] = []
  for (let kills = 1; kills <= 6; kills += 1) {
    await expect.poll(alive, { timeout: 30_000 }).toHaveLength(2)
    const others = Array.from({ length: 60 }, () => connectUntil(server))
    await sleep(150)
    process.kill(alive()[0] ?? 0, 'SIGKILL')
    await soon(() => expect(server.output().split('"process ended"')).toHaveLength(kills + 1))
    waits.push(...(await Promise.all(others.map(({ stop }) => stop()))).flat())
  }
  expect(waits.length).toBeGreaterThan(100)
  expect(waits.filter((ms) => ms >= HANGING_MS)).toEqual([])
  server.kill('SIGTERM')
  expect(await server.exit).toBe(0)
}, 240_000)

test('a limit holds for all of them together', patient, async () => {
  const { server } = await startTwo({ RATE_LIMIT_PER_MINUTE: '50', TRUST_PROXY: '127.0.0.1' })
  const caller = { 'x-forwarded-for': '203.0.113.7' } // counted apart from the callers of other tests
  const calls = Array.from({ length: 120 }, () => ask(server.origin + list, caller))
  const answers = await Promise.all(calls)
  expect(answers.filter((status) => status === 200)).toHaveLength(50)
  expect(answers.filter((status) => status === 429)).toHaveLength(70)
  server.kill('SIGTERM')
  expect(await server.exit).toBe(0)
})

test(
  'Ctrl-C reaches each of them, from the terminal and from the first: it is one signal',
  patient,
  async () => {
    const { server, pids } = await startTwo({ SHUTDOWN_DRAIN_MS: '500' })
    for (const pid of pids) process.kill(pid, 'SIGINT')
    server.kill('SIGINT')
    expect(await server.exit).toBe(0)
  },
)

test('they end with the one that watches over them, whatever ends it', patient, async () => {
  const { server, pids } = await startTwo()
  server.kill('SIGKILL')
  expect(await server.exit).toBe('SIGKILL')
  await soon(() => expect(pids.some(isAlive)).toBe(false))
  expect(await ask(server.origin + list)).toBe(0)
})

test(
  'when all of them are killed at once, so is the whole: a supervisor is to see it',
  patient,
  async () => {
    const { server, pids } = await startTwo()
    for (const pid of pids) process.kill(pid, 'SIGKILL')
    expect(await server.exit).toBe(1)
  },
)

test('what stops the start is one line, not one for each', async () => {
  const { code, stderr } = await runToEnd({
    DATABASE_URL: 'postgres://u:canary@127.0.0.1:1/x',
    API_PORT: String(await freePort()),
    WEB_CONCURRENCY: '3',
  })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^Galley did not start: DATABASE_URL: the database does not [^\n]+\n$/)
})
