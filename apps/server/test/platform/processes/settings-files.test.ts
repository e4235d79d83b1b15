import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer as createNetServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pngOf } from '@galley/platform/test/pictures'
import { useTestDatabase } from '@galley/testing/database'
import { startS3Server } from '@galley/testing/s3-server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createDeps } from '../../../src/deps.ts'
import { parseEnv } from '../../../src/env.ts'
import { useApp } from '../../app.ts'
import { formOf } from '../media/form.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'
import { signUp } from '../../people.ts'
import { runToEnd } from '../../server-process.ts'

const database = useTestDatabase()

test('MEDIA_FOLDER is where uploaded files are', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'galley-settings-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const env = parseEnv({ DATABASE_URL: database.url, ENCRYPTION_KEYS, MEDIA_FOLDER: folder })
  await using deps = createDeps(env)
  await deps.domain.storage.put('a/b.txt', Readable.from(['hello']), { contentType: 'text/plain' })
  expect(await readFile(path.join(folder, 'a/b.txt'), 'utf8')).toBe('hello')
})

test('S3_BUCKET, S3_ENDPOINT, S3_REGION, S3_PATH_STYLE, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY are where they are otherwise', async () => {
  const s3 = await startS3Server()
  onTestFinished(s3.close)
  const { bucket, endpoint, credentials } = s3.options
  const env = parseEnv({
    DATABASE_URL: database.url,
    ENCRYPTION_KEYS,
    S3_BUCKET: bucket,
    S3_ENDPOINT: endpoint,
    S3_REGION: 'eu-north-1',
    S3_PATH_STYLE: 'yes',
    S3_ACCESS_KEY_ID: credentials.accessKeyId,
    S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  })
  await using deps = createDeps(env)
  const { storage } = deps.domain
  await storage.put('a/b.txt', Readable.from(['hello']), { contentType: 'text/plain' })
  expect(s3.seen).toEqual([expect.stringMatching(/^PUT \/galley-test\/a\/b\.txt\b/)])
  const url = await storage.presignGet?.('a/b.txt', { expiresSeconds: 60 })
  expect(url).toContain('%2Feu-north-1%2Fs3%2F')
})

describe('MEDIA_QUOTA_BYTES', () => {
  // Room for a file of the largest size is taken until its own size is known.
  const on = useApp({ MEDIA_MAX_BYTES: '2000', MEDIA_QUOTA_BYTES: '4500' })

  test('is what the files of one person may have together', async () => {
    const { asBrowser } = await signUp(on)
    const content = pngOf(700, 400)
    expect([content.length > 1500, content.length < 2000]).toEqual([true, true])
    const upload = () =>
      on.app.inject({
        method: 'POST',
        url: '/api/v1/media',
        headers: asBrowser,
        payload: formOf({ content }),
      })
    expect([(await upload()).statusCode, (await upload()).statusCode]).toEqual([201, 201])
    expect((await upload()).json().reason).toBe('media/quota-exceeded')
  })
})

describe('VIRUS_SCAN, VIRUS_SCAN_REQUIRED', () => {
  test('name the scanner that files are scanned by', async () => {
    const clamd = createNetServer((socket) => void socket.resume().write('stream: Test FOUND\0'))
    await once(clamd.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void clamd.close())
    const { port } = clamd.address() as AddressInfo
    const VIRUS_SCAN = `tcp://127.0.0.1:${port}`
    const base = { DATABASE_URL: database.url, ENCRYPTION_KEYS, VIRUS_SCAN_REQUIRED: 'true' }
    await using deps = createDeps(parseEnv({ ...base, VIRUS_SCAN }))
    const verdict = await deps.domain.virusScanner.scan(Readable.from(['hello']))
    expect(verdict).toEqual({ verdict: 'infected', signature: 'Test' })
  })

  test('refuse to start without one', async () => {
    const { code, stderr } = await runToEnd({
      DATABASE_URL: database.url,
      VIRUS_SCAN_REQUIRED: 'true',
    })
    expect(code).toBe(1)
    expect(stderr).toBe(
      'Galley did not start: VIRUS_SCAN is missing, and VIRUS_SCAN_REQUIRED is true.\n',
    )
  })
})
