import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import { countBody } from './body.ts'
import { checkedKey } from './key.ts'
import { toStorageError } from './s3-errors.ts'
import type { S3Options } from './s3.ts'
import { ObjectNotFound, StorageUnavailable, type ObjectInfo, type Storage } from './storage.ts'

const CONNECT_MS = 3000
/** The first and two more, of what the store refuses or a connection loses. */
const ATTEMPTS = 3

export function connectToS3(options: S3Options): Required<Omit<Storage, 'presignedOrigin'>> {
  const { bucket: Bucket, region, endpoint, pathStyle = false, credentials } = options
  const { timeoutMs = 20_000 } = options
  const client = new S3Client({
    region,
    forcePathStyle: pathStyle,
    maxAttempts: ATTEMPTS,
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && { credentials }),
    requestHandler: new ImpatientHandler({
      connectionTimeout: CONNECT_MS,
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: timeoutMs,
    }),
    // Checksums in trailers are beyond most servers that are not AWS.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })

  /** A request without a body: all attempts within the time limit. */
  async function ask<Result>(
    key: string,
    signal: AbortSignal | undefined,
    send: (options: { abortSignal: AbortSignal }) => Promise<Result>,
  ): Promise<Result> {
    signal?.throwIfAborted()
    const clock = new AbortController()
    const timer = setTimeout(() => clock.abort(), timeoutMs)
    const abortSignal = signal ? AbortSignal.any([signal, clock.signal]) : clock.signal
    try {
      return await send({ abortSignal })
    } catch (error) {
      signal?.throwIfAborted()
      if (clock.signal.aborted) throw new StorageUnavailable('time', { cause: error })
      throw toStorageError(error, key)
    } finally {
      clearTimeout(timer)
    }
  }

  /** The response to a HEAD has no body that says whether the object or the bucket is missing; that to a GET has. */
  async function head(Key: string, signal: AbortSignal | undefined) {
    try {
      return await ask(Key, signal, (by) => client.send(new HeadObjectCommand({ Bucket, Key }), by))
    } catch (error) {
      if (!(error instanceof ObjectNotFound)) throw error
      const command = new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-0' })
      const { Body } = await ask(Key, signal, (by) => client.send(command, by))
      // It came between the two.
      if (Body instanceof Readable) Body.destroy()
      return ask(Key, signal, (by) => client.send(new HeadObjectCommand({ Bucket, Key }), by))
    }
  }

  /** Uploads in parts that are neither done nor aborted, page by page. */
  async function* unfinished(Prefix: string) {
    let place: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {}
    for (;;) {
      const command = new ListMultipartUploadsCommand({ Bucket, Prefix, ...place })
      const listed = await ask('', undefined, (by) => client.send(command, by))
      yield* listed.Uploads ?? []
      if (!listed.IsTruncated || listed.NextKeyMarker === undefined) return
      place = { KeyMarker: listed.NextKeyMarker, UploadIdMarker: listed.NextUploadIdMarker }
    }
  }

  return {
    async put(key, body, { contentType: ContentType, size, signal }) {
      try {
        const Key = checkedKey(key)
        signal?.throwIfAborted()
        const counted = countBody(body, { size, signal })
        const params = { Bucket, Key, Body: Readable.from(counted.chunks), ContentType }
        // When the body fails, so does the upload: it removes the parts that it has sent before it ends.
        const upload = new Upload({ client, params, queueSize: 1 }).done()
        const { ETag } = await upload.catch((error: unknown) => {
          signal?.throwIfAborted()
          throw counted.failure ?? toStorageError(error, key)
        })
        return infoOf(ETag, counted.bytes)
      } finally {
        body.destroy()
      }
    },

    async get(key, { range, signal } = {}) {
      const Key = checkedKey(key)
      const Range = range && `bytes=${range.start}-${range.end ?? ''}`
      const found = await ask(key, signal, (by) =>
        client.send(new GetObjectCommand({ Bucket, Key, Range }), by),
      )
      if (!(found.Body instanceof Readable)) throw new StorageUnavailable('failed')
      // `Content-Range: bytes 2-4/10` has the size of the whole, `Content-Length` that of the part.
      const whole = found.ContentRange?.split('/')[1] ?? found.ContentLength
      return { ...infoOf(found.ETag, Number(whole)), body: abortable(found.Body, signal) }
    },

    async head(key, { signal } = {}) {
      const found = await head(checkedKey(key), signal)
      return infoOf(found.ETag, found.ContentLength ?? 0)
    },

    async delete(key, { signal } = {}) {
      const Key = checkedKey(key)
      await ask(key, signal, (by) => client.send(new DeleteObjectCommand({ Bucket, Key }), by))
    },

    async sweep({ prefix, before }) {
      let swept = 0
      for await (const { Key, UploadId, Initiated } of unfinished(prefix)) {
        // A server may not know of prefixes.
        if (!Key?.startsWith(prefix) || !Initiated || Initiated >= before) continue
        const command = new AbortMultipartUploadCommand({ Bucket, Key, UploadId })
        await ask('', undefined, (by) => client.send(command, by))
        swept += 1
      }
      return swept
    },

    async presignPut(key, { contentType, size, expiresSeconds }) {
      const command = new PutObjectCommand({
        Bucket,
        Key: checkedKey(key),
        ContentType: contentType,
        ContentLength: size,
      })
      const signableHeaders = new Set(['content-type', 'content-length'])
      const url = await getSignedUrl(client, command, {
        expiresIn: expiresSeconds,
        signableHeaders,
      })
      return { url, method: 'PUT', headers: { 'content-type': contentType } }
    },

    presignGet(key, { expiresSeconds, contentDisposition }) {
      const command = new GetObjectCommand({
        Bucket,
        Key: checkedKey(key),
        ResponseContentDisposition: contentDisposition,
      })
      return getSignedUrl(client, command, { expiresIn: expiresSeconds })
    },

    close: () => client.destroy(),
  }
}

/** What was not there in time is not asked for again, as the SDK would: three times the limit is longer than anybody waits. */
class ImpatientHandler extends NodeHttpHandler {
  override async handle(...args: Parameters<NodeHttpHandler['handle']>) {
    try {
      return await super.handle(...args)
    } catch (error) {
      // Without its cause, by which the SDK would know it.
      const isLate = error instanceof Error && error.name === 'TimeoutError' && !isLost(error)
      throw isLate ? new StorageUnavailable('time') : error
    }
  }
}

/** The SDK calls it a timeout, too. */
const isLost = (error: Error) => ['ECONNRESET', 'EPIPE'].includes(Reflect.get(error, 'code'))

const infoOf = (etag: string | undefined, size: number): ObjectInfo => ({ size, etag: etag ?? '' })

function abortable(body: Readable, signal: AbortSignal | undefined): Readable {
  const abort = () => body.destroy(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  return body.once('close', () => signal?.removeEventListener('abort', abort))
}
