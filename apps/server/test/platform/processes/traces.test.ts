import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createPasswordHasher } from '@galley/auth/passwords'
import { credentials } from '@galley/db/schema'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { startMailSink } from '@galley/testing/mail-sink'
import { startCollector, type CollectedSpan } from '@galley/testing/otlp/collector'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isTracing } from '@galley/tracing/span'
import { parseEnv } from '../../../src/env.ts'
import { createLogger } from '../../../src/log/logger.ts'
import { startTracing } from '../../../src/tracing/start.ts'
import { tellOfExport } from '../../../src/tracing/tell-of-export.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'
import { startProgram } from '../../program.ts'
import { startServer } from '../../server-process.ts'

/**
 * One trace over two processes and out of them: what a browser's `traceparent` begins goes through a request of the server, the outbox
 * and two jobs of a worker to the mail server; the collector is one of ours.
 */
const database = useTestDatabase()
const collector = await startCollector()
const sink = await startMailSink()
const breaches = createServer((request, response) => {
  asked.push(request.headers.traceparent)
  response.end('')
})
const asked: unknown[] = []

const traceId = '0af7651916cd43dd8448eb211c80319c'
const browserSpan = 'b7ad6b7169203331'
const traceparent = `00-${traceId}-${browserSpan}-01`
const collectorKey = 'canary of a key=='
const secrets = [
  'canary of a password, long',
  'canary of another one, long',
  'canary-query',
  collectorKey,
]
const folder = mkdtempSync(path.join(tmpdir(), 'galley-traces-'))
const email = 'canary@example.com'

let server: Awaited<ReturnType<typeof startServer>>
let worker: ReturnType<typeof startProgram>

beforeAll(async () => {
  await once(breaches.listen(0, '127.0.0.1'), 'listening')
  const { port } = breaches.address() as AddressInfo
  const [password = ''] = secrets
  const user = await insertUser(database.db, { email, username: 'canary-bird' })
  const passwordHash = await createPasswordHasher().hash(password)
  await database.db.insert(credentials).values({ userId: user.id, passwordHash })

  const headers = `x-collector-key=${encodeURIComponent(collectorKey)}`
  writeFileSync(path.join(folder, 'headers'), `${headers},x-other=1\n`)
  const common = { DATABASE_URL: database.url, OTEL_BSP_SCHEDULE_DELAY: '50', LOG_LEVEL: 'info' }
  worker = startProgram('worker.ts', {
    ...common,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces`,
    OTEL_EXPORTER_OTLP_HEADERS_FILE: path.join(folder, 'headers'),
    OTEL_SERVICE_NAME: 'galley-worker',
    SMTP_URL: sink.url,
  })
  server = await startServer({
    ...common,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_SERVICE_NAME: 'galley-web',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0',
    PASSWORD_BREACH_URL: `http://127.0.0.1:${port}`,
  })
}, 60_000)
afterAll(async () => {
  server.kill('SIGTERM')
  worker.kill('SIGTERM')
  await Promise.all([server.exit, worker.exit, collector.close(), sink.close()])
  breaches.close()
  rmSync(folder, { recursive: true })
})

const call = (path: string, input: object, headers: Record<string, string> = {}) =>
  fetch(`${server.origin}/trpc/${path}?canary-query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost:3000', ...headers },
    body: JSON.stringify(input),
  })

/** The span of this name in the trace, when it has arrived. */
const spanOf = (name: string | RegExp, trace = traceId) =>
  vi.waitFor(
    () => {
      const found = collector.spans.find(
        (span) =>
          span.traceId === trace &&
          (name === span.name || (name instanceof RegExp && name.test(span.name))),
      )
      if (found) return found
      throw new Error(
        `No span ${name} among ${collector.spans.map((span) => span.name).join(', ')}`,
      )
    },
    { timeout: 20_000, interval: 50 },
  )

const childOf = ({ spanId }: CollectedSpan) => ({ traceId, parentId: spanId, failed: false })

test('one trace from the browser to the mail, over two processes', async () => {
  const [currentPassword = '', password = ''] = secrets
  const signedIn = await call('sessions.create', { email, password: currentPassword })
  expect(signedIn.status).toBe(200)
  const cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0])
    .join('; ')
  const changed = await call(
    'credentials.changePassword',
    { currentPassword, password },
    { cookie, traceparent },
  )
  expect(await changed.json()).toMatchObject({ result: {} })

  const request = await spanOf('POST /trpc/credentials.changePassword')
  expect(request).toMatchObject({
    traceId,
    parentId: browserSpan,
    kind: 'server',
    failed: false,
    resource: { 'service.name': 'galley-web' },
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/trpc/credentials.changePassword',
      'url.path': '/trpc/credentials.changePassword',
      'http.response.status_code': 200,
      'galley.request_id': changed.headers.get('x-request-id'),
    },
  })
  const procedure = await spanOf('credentials.changePassword')
  expect(procedure).toMatchObject({ ...childOf(request), kind: 'internal' })

  const insert = await spanOf('insert outbox')
  expect(insert).toMatchObject({
    ...childOf(procedure),
    kind: 'client',
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': 'insert',
      'db.query.text': expect.stringMatching(/^insert into "outbox" .*\$1/),
    },
  })
  const lookUp = await spanOf('GET /range/{prefix}')
  expect(lookUp).toMatchObject({ ...childOf(procedure), kind: 'client' })
  expect(asked).toEqual([`00-${traceId}-${lookUp.spanId}-01`])

  const sent = await spanOf('send user.password-changed')
  expect(sent).toMatchObject({
    ...childOf(procedure),
    kind: 'producer',
    resource: { 'service.name': 'galley-worker' },
  })
  const reaction = await spanOf(/^process users?\.|^process (?!mail)/)
  expect(reaction).toMatchObject({ ...childOf(sent), kind: 'consumer' })
  const mailJob = await spanOf(/^process mail/)
  expect(mailJob).toMatchObject({ ...childOf(reaction), kind: 'consumer' })
  const mail = await spanOf('send mail')
  expect(mail).toMatchObject({
    ...childOf(mailJob),
    kind: 'client',
    attributes: { 'network.protocol.name': 'smtp', 'server.address': '127.0.0.1' },
  })
  await sink.mailTo(email)
  const sentBy = collector.headers.map((headers) => [
    headers['x-collector-key'],
    headers['x-other'],
  ])
  expect(sentBy).toContainEqual([collectorKey, '1'])
})

test('OTEL_TRACES_SAMPLER: what nobody asked to keep is not kept, and has a trace all the same', async () => {
  const failed = await call('credentials.changePassword', {})
  const { error } = (await failed.json()) as { error: { data: { traceId: string } } }
  expect(error.data.traceId).toMatch(/^[\da-f]{32}$/)
  const kept = await call(
    'credentials.changePassword',
    {},
    { traceparent: traceparent.replace('0af', '1af') },
  )
  expect(await kept.json()).toMatchObject({
    error: { data: { traceId: traceId.replace('0af', '1af') } },
  })
  expect(await spanOf('credentials.changePassword', traceId.replace('0af', '1af'))).toMatchObject({
    failed: false,
    attributes: { 'error.type': 'session/required' },
  })
  expect(collector.spans.map((span) => span.traceId)).not.toContain(error.data.traceId)
})

test('requests on one connection, and at one time, are traces of their own', async () => {
  const traces = Array.from({ length: 20 }, (_, at) => traceId.replace('0af', `${at + 10}f`))
  await Promise.all(
    traces.map((id) => call('site.get', {}, { traceparent: traceparent.replace(traceId, id) })),
  )
  for (const id of traces) {
    const request = await spanOf('POST /trpc/site.get', id)
    expect(request.parentId).toBe(browserSpan)
  }
})

test('no span holds a secret, an address of a person or what was asked for in a query', async () => {
  const all = JSON.stringify(collector.spans, (_, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  )
  for (const secret of [...secrets, email]) expect(all).not.toContain(secret)
  expect(collector.spans.flatMap(({ words }) => words)).toEqual([])
  expect(collector.refused).toEqual([])
})

test('the log names the trace and who called', async () => {
  const [user] = await database.sql`select id from users where email = ${email}`
  const lines = server
    .output()
    .split('\n')
    .filter((line) => line.includes(traceId))
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ msg: 'outbound request', route: '/range/{prefix}', traceId }),
    expect.objectContaining({
      msg: 'request',
      path: '/trpc/credentials.changePassword',
      userId: user?.id,
    }),
  ])
})

test('OTEL_SDK_DISABLED: no traces are made though a collector is set, nor without one', async () => {
  const required = { DATABASE_URL: database.url, ENCRYPTION_KEYS }
  const set = { ...required, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SDK_DISABLED: 'true' }
  const log = await createLogger({ NODE_ENV: 'test', LOG_LEVEL: 'silent' })
  expect(await startTracing(parseEnv(set), log)).toBeUndefined()
  expect(await startTracing(parseEnv(required), log)).toBeUndefined()
  expect(isTracing()).toBe(false)
})

test('a collector that is down is logged once a minute, with the reason', () => {
  const lines: unknown[] = []
  let now = 0
  const logger = tellOfExport({ warn: (...line: unknown[]) => void lines.push(line) }, () => now)
  logger.error('{"stack":"canary","message":"connect ECONNREFUSED","code":"ECONNREFUSED"}')
  logger.error('not JSON')
  now = 60_001
  logger.error('not JSON')
  expect(lines).toEqual([
    [{ reason: 'connect ECONNREFUSED (ECONNREFUSED)' }, 'traces are not sent'],
    [{ reason: 'not JSON' }, 'traces are not sent'],
  ])
})
