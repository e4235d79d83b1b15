import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { outbox, sessions } from '@galley/db/schema'
import { EVENTS_CHANNEL } from '@galley/platform/events/announcer'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from '../../server-process.ts'
import { openStream, type Stream } from './open-stream.ts'

const database = useTestDatabase()
/** `pnpm streams:restart` tries 500. */
const STREAMS = Number(process.env.STREAMS ?? 50)

const start = () =>
  startServer({
    DATABASE_URL: database.url,
    SHUTDOWN_DRAIN_MS: '1500',
    MAX_STREAMS_PER_PERSON: '1000',
    MAX_STREAMS_PER_ADDRESS: '1000',
  })

/** Somebody with a session, as their browser knows it. */
async function person() {
  const { id: userId } = await insertUser(database.db)
  const token = randomBytes(32).toString('base64url')
  const id = createHash('sha256').update(token).digest('hex')
  const expiresAt = new Date(Date.now() + 3_600_000)
  await database.db.insert(sessions).values({ id, userId, expiresAt, absoluteExpiresAt: expiresAt })
  return { userId, cookie: `galley-session=${token}` }
}

test(
  'RE1 a rolling restart of two servers loses no event and repeats none',
  { timeout: 120_000 },
  async () => {
    const { userId, cookie } = await person()
    const servers = await Promise.all([start(), start()])
    onTestFinished(async () => {
      for (const server of servers) server.kill('SIGKILL')
      await Promise.all(servers.map(({ exit }) => exit))
    })
    const origins = servers.map(({ origin }) => origin)
    const happened: string[] = []
    const over = new AbortController()
    const followers = Array.from({ length: STREAMS }, (_, n) => follow(n, origins, cookie))
    await expect
      .poll(() => followers.every(({ hasBegun }) => hasBegun()), { timeout: 20_000 })
      .toBe(true)
    const writing = (async () => {
      while (!over.signal.aborted) {
        const jobId = randomUUIDv7()
        await database.db
          .insert(outbox)
          .values({ event: 'job.finished', payload: { jobId, ownerId: userId }, requestId: 'test' })
        happened.push(jobId)
        await database.db.execute(sql`select pg_notify(${EVENTS_CHANNEL}, '')`)
        // What all of them hear is bounded, however many they are.
        await sleep(STREAMS / 2)
      }
    })()
    for (const [index, server] of servers.entries()) {
      await sleep(300)
      server.kill('SIGTERM')
      expect(await server.exit).toBe(0)
      const next = await start()
      servers[index] = next
      origins[index] = next.origin
    }
    over.abort()
    await writing
    expect(happened.length).toBeGreaterThan(20)
    for (const { heard } of followers) {
      await expect.poll(heard, { timeout: 20_000 }).toEqual(happened)
    }
    await Promise.all(followers.map(({ stop }) => stop()))
  },
)

/** Watches at any of the servers, and comes again at another when a stream ends. */
function follow(first: number, origins: string[], cookie: string) {
  const before: string[] = []
  let after: string | undefined
  let current: Stream | undefined
  const stopped = new AbortController()
  const jobsOf = (stream: Stream | undefined) =>
    stream?.hints().map(({ ids }) => ids['jobId'] ?? '') ?? []

  const ended = (async () => {
    for (let turn = first; !stopped.signal.aborted; turn += 1) {
      const options = { headers: { cookie }, after }
      try {
        current = await openStream(origins[turn % origins.length] ?? '', [{ me: true }], options)
        await current.ended
        before.push(...jobsOf(current))
        after = current.lastId() ?? after
      } catch {
        // This server is not there any more, or not yet.
      }
      current = undefined
      await sleep(Math.random() * 100)
    }
  })()
  return {
    hasBegun: () => after !== undefined || current?.lastId() !== undefined,
    heard: () => [...before, ...jobsOf(current)],
    stop() {
      stopped.abort()
      current?.leave()
      return ended
    },
  }
}
