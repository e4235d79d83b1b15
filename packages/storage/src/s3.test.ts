import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateMultipartUploadCommand, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { freePort } from '@galley/testing/free-port'
import { startS3Server } from '@galley/testing/s3-server'
import { createBucket, noRealS3 } from '../test/real-s3.ts'
import { describeStorage } from '../test/storages.ts'
import { createS3Storage } from './s3.ts'

const text = { contentType: 'text/plain' }
const problem = (problem: string) =>
  expect.objectContaining({ name: 'StorageUnavailable', problem })

async function start() {
  const server = await startS3Server()
  onTestFinished(server.close)
  return server
}

function connect(options: Parameters<typeof createS3Storage>[0]) {
  const storage = createS3Storage(options)
  onTestFinished(() => storage.close())
  return storage
}

describeStorage('in S3', async () => {
  const server = await start()
  return {
    storage: connect(server.options),
    another: () => connect(server.options),
    listAll: server.listAll,
    remove: server.removeBucket,
  }
})

describeStorage(
  'in a real S3',
  async () => {
    const bucket = await createBucket()
    let isRemoved = false
    onTestFinished(async () => {
      if (!isRemoved) await bucket.remove()
      bucket.close()
    })
    return {
      storage: connect(bucket.options),
      another: () => connect(bucket.options),
      listAll: bucket.listAll,
      async remove() {
        isRemoved = true
        await bucket.remove()
      },
    }
  },
  noRealS3,
)

describe('presigned requests', () => {
  test('put what was agreed on and nothing else, until they expire', async () => {
    const server = await start()
    const storage = connect(server.options)
    const presign = (expiresSeconds = 60) =>
      storage.presignPut?.('a/b.png', { contentType: 'image/png', size: 5, expiresSeconds })
    const { url, method, headers } = (await presign()) ?? { url: '', method: '', headers: {} }
    const signed = new URL(url).searchParams.get('X-Amz-SignedHeaders')
    expect(signed).toBe('content-length;content-type;host')
    expect(new URL(url).pathname).toBe('/galley-test/a/b.png')
    const send = async (body: string, type: Record<string, string>) =>
      (await fetch(url, { method, headers: type, body })).status
    expect(await send('123456', headers)).toBe(403)
    expect(await send('12345', { 'content-type': 'text/html' })).toBe(403)
    expect(await server.listAll()).toEqual([])
    expect(await send('12345', headers)).toBe(200)
    expect(await storage.head('a/b.png')).toMatchObject({ size: 5 })
    const short = (await presign(1))?.url ?? ''
    await sleep(2100)
    expect((await fetch(short, { method, headers, body: '12345' })).status).toBe(403)
  })

  test.each([
    { region: 'eu-central-1' },
    { region: 'eu-central-1', pathStyle: true },
    { region: 'eu-central-1', bucket: 'pictures.example.com' },
    { region: 'cn-north-1' },
    { endpoint: 'https://s3.example.com:9000' },
    { endpoint: 'https://s3.example.com:9000/', pathStyle: true },
    { endpoint: 'http://s3.example.com', bucket: 'pictures.example.com' },
    { endpoint: 'https://s3.example.com', bucket: 'pictures.example.com' },
    { endpoint: 'http://127.0.0.1:9000' },
    { endpoint: 'http://[::1]:9000' },
  ])('are for the origin that the storage names: %o', async (options) => {
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
    const storage = connect({ bucket: 'pictures', region: 'us-east-1', credentials, ...options })
    const request = { contentType: 'image/png', size: 5, expiresSeconds: 60 }
    const { url } = (await storage.presignPut?.('a', request)) ?? { url: '' }
    expect(storage.presignedOrigin).toBe(new URL(url).origin)
  })

  test('get the object as the name and the type that were asked for', async () => {
    const server = await start()
    const storage = connect(server.options)
    await storage.put('a', Readable.from(['hello']), { contentType: 'application/pdf' })
    const contentDisposition = `attachment; filename="a b.pdf"`
    const url = (await storage.presignGet?.('a', { expiresSeconds: 60, contentDisposition })) ?? ''
    const response = await fetch(url)
    expect(await response.text()).toBe('hello')
    expect(response.headers.get('content-type')).toBe('application/pdf')
    expect(response.headers.get('content-disposition')).toBe(contentDisposition)
    const { pathname } = new URL(url)
    expect((await fetch(new URL(url.replace(pathname, `${pathname}2`)))).status).toBe(403)
  })

  test.each(['../a', '.a', 'A'])('not for %s, which is no key', async (key) => {
    const storage = connect((await start()).options)
    const options = { contentType: 'image/png', size: 5, expiresSeconds: 60 }
    await expect(storage.presignPut?.(key, options)).rejects.toThrow(TypeError)
    await expect(storage.presignGet?.(key, options)).rejects.toThrow(TypeError)
  })
})

describe('a store that is in trouble', () => {
  test('slow: every call ends in time', async () => {
    const server = await start()
    const storage = connect({ ...server.options, timeoutMs: 300 })
    server.respond(() => {})
    const began = performance.now()
    await expect(storage.head('a')).rejects.toEqual(problem('time'))
    await expect(storage.get('a')).rejects.toEqual(problem('time'))
    await expect(storage.delete('a')).rejects.toEqual(problem('time'))
    await expect(storage.put('a', Readable.from(['x']), text)).rejects.toEqual(problem('time'))
    expect(performance.now() - began).toBeLessThan(20_000)
    // None is asked for again.
    expect(server.seen.map((request) => request.split(' ')[0])).toEqual([
      'HEAD',
      'GET',
      'DELETE',
      'PUT',
    ])
  })

  test('that hangs in the middle of a body', async () => {
    const server = await start()
    const storage = connect({ ...server.options, timeoutMs: 300 })
    server.respond((_, response) => {
      response.writeHead(200, { 'content-length': '10', etag: '"e"' }).write('12345')
    })
    const { body } = await storage.get('a')
    await expect(buffer(body)).rejects.toThrow(Error)
  })

  test('away', async () => {
    const { options } = await start()
    const storage = connect({ ...options, endpoint: `http://127.0.0.1:${await freePort()}` })
    await expect(storage.head('a')).rejects.toEqual(problem('failed'))
    await expect(storage.put('a', Readable.from(['x']), text)).rejects.toEqual(problem('failed'))
  })

  test.each([
    [507, 'InsufficientStorage', 'full'],
    [400, 'XMinioStorageFull', 'full'],
    [403, 'AccessDenied', 'gone'],
    [500, 'InternalError', 'failed'],
    [503, 'SlowDown', 'failed'],
  ])('%s %s', async (status, code, expected) => {
    const server = await start()
    const storage = connect(server.options)
    server.respond((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(status, { 'content-type': 'application/xml' })
        response.end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`)
      })
    })
    const body = Readable.from(['x'])
    await expect(storage.put('a', body, text)).rejects.toEqual(problem(expected))
    expect(body.destroyed).toBe(true)
    await expect(storage.get('a')).rejects.toEqual(problem(expected))
  })

  test('wrong credentials', async () => {
    const { options } = await start()
    const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'wrong' }
    const storage = connect({ ...options, credentials })
    await expect(storage.get('a')).rejects.toEqual(problem('gone'))
  })

  test('a part that is lost is sent again', async () => {
    const server = await start()
    const storage = connect(server.options)
    let lost = 0
    server.respond((request, response) => {
      if (request.method === 'PUT' && (lost += 1) === 1) request.socket.destroy()
      else server.serve(request, response)
    })
    expect(await storage.put('a', Readable.from(['hello']), text)).toMatchObject({ size: 5 })
    expect(lost).toBe(2)
  })
})

const media = (day: string) => ({ prefix: 'media/', before: new Date(day) })

test('all of them are swept, however many pages the list has, and none of another program', async () => {
  const server = await start()
  const storage = connect(server.options)
  const { bucket: Bucket, pathStyle: forcePathStyle, ...options } = server.options
  const client = new S3Client({ ...options, forcePathStyle })
  onTestFinished(() => client.destroy())
  for (const Key of ['media/a', 'backups/b', 'media/b', 'media/b', 'media2/c']) {
    await client.send(new CreateMultipartUploadCommand({ Bucket, Key }))
  }
  expect(await storage.sweep(media('2026-01-02'))).toBe(3)
  expect(await server.listAll()).toHaveLength(2)
})

test('an object that a GET finds and a HEAD does not is looked for once more', async () => {
  const server = await start()
  const storage = connect(server.options)
  await storage.put('a', Readable.from(['hello']), text)
  server.respond((request, response) => {
    if (request.method === 'HEAD') response.writeHead(404).end()
    else server.serve(request, response)
  })
  await expect(storage.head('a')).rejects.toMatchObject({ name: 'ObjectNotFound' })
  expect(server.seen.filter((request) => request.startsWith('HEAD'))).toHaveLength(2)
})

test('what a killed process left of an upload in parts is swept', async () => {
  const server = await start()
  const storage = connect(server.options)
  const kept = server.serve
  const partsAreSent = Promise.withResolvers<void>()
  server.respond((request, response) => {
    // As if the process ended here: the last call of the upload, and the one that aborts it, never come.
    if (request.method === 'POST' && request.url?.includes('uploadId=')) partsAreSent.resolve()
    else kept(request, response)
  })
  const stop = new AbortController()
  const body = Readable.from([Buffer.alloc(11_000_000)])
  const put = storage.put('media/large', body, { ...text, signal: stop.signal }).catch(() => {})
  await partsAreSent.promise
  expect(await server.listAll()).toHaveLength(1)
  expect(await storage.sweep(media('2025-12-31'))).toBe(0)
  expect(await storage.sweep(media('2026-01-02'))).toBe(1)
  expect(await server.listAll()).toEqual([])
  stop.abort()
  server.respond(kept)
  storage.close()
  await Promise.race([put, sleep(1000)])
})
