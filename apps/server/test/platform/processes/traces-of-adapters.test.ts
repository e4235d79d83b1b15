import { Readable } from 'node:stream'
import { useTestDatabase } from '@galley/testing/database'
import { eicar, noClamd, startTestClamd } from '@galley/testing/clamd'
import { startCollector } from '@galley/testing/otlp/collector'
import { noRedis, useTestRedis } from '@galley/testing/redis'
import { inSpan } from '@galley/tracing/span'
import { afterAll, expect, test, vi } from 'vitest'
import { createDeps } from '../../../src/deps.ts'
import { parseEnv } from '../../../src/env.ts'
import { createLogger } from '../../../src/log/logger.ts'
import { startTracing } from '../../../src/tracing/start.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'

/** What a server asks of its database, Redis and ClamAV, as it arrives at a collector. */
const database = useTestDatabase()
const redis = useTestRedis()
const collector = await startCollector()
// The exporter reads its own variable.
vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url)
afterAll(() => collector.close())

const skipped = noRedis + noClamd

test.skipIf(skipped)(`statements, commands of Redis and scans are spans${skipped}`, async () => {
  const clamd = await startTestClamd()
  const env = parseEnv({
    NODE_ENV: 'test',
    DATABASE_URL: database.url,
    ENCRYPTION_KEYS,
    REDIS_URL: redis.url,
    VIRUS_SCAN: clamd.address,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  })
  const tracing = await startTracing(
    env,
    await createLogger({ NODE_ENV: 'test', LOG_LEVEL: 'silent' }),
  )
  try {
    await using deps = createDeps(env)
    const { db, signInThrottle, virusScanner } = deps.domain
    const scan = (text: string) => virusScanner.scan(Readable.from([Buffer.from(text)]))
    await inSpan('all of it', {}, async () => {
      await db.execute('select 1')
      await signInThrottle.attempt({ account: 'canary-account', address: '203.0.113.7' })
      await scan('canary-file')
      await scan(eicar)
      await clamd.kill()
      await scan('canary-file').catch(() => {})
    })
  } finally {
    await tracing?.stop()
  }

  expect(collector.refused).toEqual([])
  const [all] = collector.spans.filter(({ name }) => name === 'all of it')
  const named = (name: RegExp) => collector.spans.filter((span) => name.test(span.name))
  const below = { traceId: all?.traceId, parentId: all?.spanId, kind: 'client' }

  const { port } = new URL(redis.url)
  const server = { 'server.address': '127.0.0.1', 'server.port': Number(port) }
  const [command] = named(/^EVALSHA [\da-f]{40}$/)
  expect(command).toMatchObject({
    ...below,
    attributes: {
      ...server,
      'db.system.name': 'redis',
      'db.namespace': '0',
      'db.operation.name': 'EVALSHA',
      'db.stored_procedure.name': command?.name.slice('EVALSHA '.length),
    },
  })
  // A server that does not know a script refuses its hash once.
  expect(named(/^EVALSHA/).find(({ failed }) => failed)?.attributes).toMatchObject({
    'error.type': 'NOSCRIPT',
    'db.response.status_code': 'NOSCRIPT',
  })
  expect(named(/^EVAL 127/)[0]).toMatchObject({ ...below, failed: false })

  const [statement] = named(/^select$/)
  expect(statement).toMatchObject({
    ...below,
    attributes: {
      'db.system.name': 'postgresql',
      'server.address': new URL(database.url).hostname,
    },
  })

  const socket = { 'network.protocol.name': 'clamd', 'network.transport': 'unix' }
  expect(named(/^scan file$/)).toMatchObject([
    {
      ...below,
      failed: false,
      attributes: {
        ...socket,
        'server.address': clamd.address.slice('unix:'.length),
        'galley.scan.verdict': 'clean',
      },
    },
    { ...below, failed: false, attributes: { ...socket, 'galley.scan.verdict': 'infected' } },
    { ...below, failed: true, attributes: { ...socket, 'error.type': 'ScannerUnavailable' } },
  ])
  const text = JSON.stringify(collector.spans, (_, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  )
  for (const value of ['canary', '203.0.113.7', 'EICAR']) expect(text).not.toContain(value)
})
