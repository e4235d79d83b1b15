import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { noRedisBinary, startTestRedis, type TestRedis } from '@galley/testing/redis'
import { startS3Server } from '@galley/testing/s3-server'
import { afterAll, describe, expect, test } from 'vitest'
import { createParts } from '../../../src/health/parts.ts'
import { createLogger } from '../../../src/log/logger.ts'
import { startWorker } from '../../../src/start-worker.ts'
import { type TestApp, useApp } from '../../app.ts'
import { seriesOf } from '../metrics/exposition.ts'

type Ready = { status: string; failing?: string; parts: Record<string, string> }

/** What a probe hears. */
async function ask(on: TestApp) {
  const begun = performance.now()
  const response = await on.app.inject('/health/ready')
  const { status, failing, parts } = response.json<Ready>()
  return { code: response.statusCode, status, failing, parts, ms: performance.now() - begun }
}

const expectReady = (on: TestApp, expected: object) =>
  expect.poll(() => ask(on), { timeout: 15_000, interval: 250 }).toMatchObject(expected)

describe('the worker and the folder', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'galley-ready-'))
  const on = useApp({ MEDIA_FOLDER: folder }, { measured: true })
  const up = async () =>
    Object.fromEntries(
      (await seriesOf(on.metrics(), true))
        .filter(({ name }) => name === 'galley_part_up')
        .map(({ labels, value }) => [labels['part'], value]),
    )

  test('a worker that is gone is silent, to who has been up for a minute', async () => {
    const [, worker] = createParts(on.deps, performance.now() - 60_000)
    const [, workerAtStart] = createParts(on.deps)
    const log = await createLogger({ NODE_ENV: 'test', LOG_LEVEL: 'silent' })
    const expectState = (state: string) =>
      expect
        .poll(() => worker?.look(log), { timeout: 15_000, interval: 100 })
        .toMatchObject({ state })

    await expectState('silent')
    expect(await workerAtStart?.look(log)).toMatchObject({ state: 'ok' })
    const running = startWorker(on.deps, log)
    try {
      await running.ready
      await expectState('ok')
    } finally {
      await running.stop(2_000)
    }
    await on.database.asOperator(
      (sql) =>
        sql`update pgboss.queue set monitor_claim_on = monitor_claim_on - interval '1 minute'`,
    )
    await expectState('silent')
  })

  test('a folder that is gone degrades, is a metric, and is logged once', async () => {
    await expectReady(on, { code: 200, status: 'ok', parts: { database: 'ok', storage: 'ok' } })
    const parts = { database: 1, worker: 1, storage: 1 }
    expect(await up()).toEqual(parts)
    await rm(folder, { recursive: true })
    await expectReady(on, { code: 200, status: 'degraded', parts: { storage: 'down' } })
    await ask(on)
    expect(await up()).toEqual({ ...parts, storage: 0 })
    expect(await on.deps.domain.health.checks(on.app.log)).toContainEqual(
      expect.objectContaining({ part: 'storage', state: 'down' }),
    )
    const said = on.logs.filter((line) => line.includes('"part":"storage"'))
    expect(said.map((line) => JSON.parse(line).msg)).toEqual(['storage does not answer'])
  })
})

describe.skipIf(noRedisBinary)(`Redis and S3${noRedisBinary}`, async () => {
  const s3 = await startS3Server()
  const redis: TestRedis = await startTestRedis()
  const { bucket, region, endpoint, credentials } = s3.options
  const on = useApp({
    REDIS_URL: redis.url,
    S3_BUCKET: bucket,
    S3_REGION: region,
    S3_ENDPOINT: endpoint,
    S3_PATH_STYLE: 'yes',
    S3_ACCESS_KEY_ID: credentials.accessKeyId,
    S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  })
  afterAll(async () => {
    await redis.kill()
    await s3.close()
  })
  const parts = { database: 'ok', redis: 'ok', storage: 'ok' }

  test('what is slow or down degrades within a second, all at once, and is well when it is back', async () => {
    await expectReady(on, { code: 200, parts })

    redis.pause()
    s3.respond(() => {})
    const slow = { redis: 'down', storage: 'slow' }
    await expectReady(on, { code: 200, status: 'degraded', parts: { ...parts, ...slow } })
    const { ms } = await ask(on)
    expect(ms).toBeLessThan(1_900)

    redis.resume()
    s3.respond((_request, response) => void response.writeHead(403).end())
    await expectReady(on, { code: 200, parts: { ...parts, storage: 'down' } })
    s3.respond(s3.serve)
    await redis.kill()
    await expectReady(on, { code: 200, parts: { ...parts, redis: 'down' } })
    const body = (await on.app.inject('/health/ready')).body
    expect(body).not.toMatch(/127\.0|redis:|galley-test/)
  }, 60_000)
})
