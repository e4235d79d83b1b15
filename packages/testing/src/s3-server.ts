import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'

type S3rverOptions = {
  directory: string
  silent: boolean
  vhostBuckets: boolean
  configureBuckets: { name: string; configs: string[] }[]
}

/** It has no types. */
const S3rver: new (options: S3rverOptions) => {
  store: { putContent(file: string, content: Buffer | Readable): Promise<unknown> }
  configureBuckets(): Promise<unknown>
  callback(): RequestListener
} = createRequire(import.meta.url)('@20minutes/s3rver')

const BUCKET = 'galley-test'

/** The key that the server knows. */
const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }

/**
 * A server that speaks S3 over HTTP, with an empty bucket, on a free port of the loopback address. Pages of `origin` may send
 * files to it.
 */
export async function startS3Server({ origin }: { origin?: string } = {}) {
  const directory = await mkdtemp(path.join(tmpdir(), 'galley-s3-'))
  const configs = origin === undefined ? [] : [corsRules(origin)]
  const configureBuckets = [{ name: BUCKET, configs }]
  const options = { directory, silent: true, vhostBuckets: false, configureBuckets }
  const s3 = new S3rver(options)
  writeWhole(s3.store)
  await s3.configureBuckets()
  const serve = s3.callback()
  const state = { respond: serve, seen: [] as string[] }
  const uploads = path.join(directory, BUCKET, '._S3rver_uploads')

  const server = createServer((request, response) => {
    state.seen.push(`${request.method} ${request.url}`)
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
    const uploadId = searchParams.get('uploadId')
    if (request.method === 'DELETE' && uploadId !== null) {
      void abort(uploadId).then(() => response.writeHead(204).end())
    } else if (request.method === 'GET' && searchParams.has('uploads')) {
      void namesIn(uploads).then((ids) => response.end(listing(ids, searchParams)))
    } else if (request.method === 'POST' && searchParams.has('uploads')) {
      response.once('finish', () => void remember(pathname.slice(BUCKET.length + 2)))
      state.respond(request, response)
    } else state.respond(request, response)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo

  const keys = new Map<string, string>()
  async function remember(key: string) {
    for (const id of await namesIn(uploads)) if (!keys.has(id)) keys.set(id, key)
  }

  /** Pages of one upload: the least that a server may send at once. */
  function listing(ids: string[], asked: URLSearchParams) {
    const place = (key: string | null, id: string | null) => `${key ?? ''} ${id ?? ''}`
    const after = place(asked.get('key-marker'), asked.get('upload-id-marker'))
    const rest = ids
      .map((id) => ({ id, key: keys.get(id) ?? '' }))
      .filter(({ key, id }) => key.startsWith(asked.get('prefix') ?? '') && place(key, id) > after)
      .toSorted((a, b) => (place(a.key, a.id) < place(b.key, b.id) ? -1 : 1))
    return pageOf(rest)
  }

  /** What the server of the tests does not know of the protocol: to abort an upload in parts, and to list them. */
  const abort = (uploadId: string) =>
    rm(path.join(uploads, path.basename(uploadId)), { recursive: true, force: true, maxRetries: 5 })

  return {
    options: {
      bucket: BUCKET,
      region: 'us-east-1',
      endpoint: `http://127.0.0.1:${port}`,
      pathStyle: true,
      credentials,
    },
    /** The requests so far. */
    seen: state.seen,
    /** Responds in this way from now on. */
    respond: (listener: RequestListener) => void (state.respond = listener),
    serve,
    /** Objects, and uploads in parts that are neither done nor aborted. */
    async listAll() {
      const files = await readdir(path.join(directory, BUCKET), { recursive: true }).catch(() => [])
      const objects = files.filter((name) => name.endsWith('._S3rver_object'))
      return [...objects, ...(await namesIn(uploads))]
    },
    removeBucket: () => rm(path.join(directory, BUCKET), { recursive: true }),
    async close() {
      server.close()
      server.closeAllConnections()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** It writes an object in place, so that two written at once become a mixture, which no store that speaks S3 allows. */
function writeWhole(store: InstanceType<typeof S3rver>['store']) {
  const write = store.putContent.bind(store)
  store.putContent = async (file, content) => {
    const written = `${file}.${randomUUID()}`
    // Of a buffer it does not wait for the end of the writing.
    const body = Buffer.isBuffer(content) ? Readable.from([content]) : content
    try {
      const result = await write(written, body)
      await rename(written, file)
      return result
    } finally {
      await rm(written, { force: true })
    }
  }
}

/** As docs/operations.md has them for a bucket. */
const corsRules = (origin: string) =>
  `<CORSConfiguration><CORSRule><AllowedOrigin>${origin}</AllowedOrigin><AllowedMethod>PUT</AllowedMethod><AllowedHeader>content-type</AllowedHeader></CORSRule></CORSConfiguration>`

const namesIn = (folder: string) => readdir(folder).catch((): string[] => [])

function pageOf([first, ...others]: { id: string; key: string }[]) {
  const upload =
    first &&
    `<Upload><Key>${first.key}</Key><UploadId>${first.id}</UploadId><Initiated>2026-01-01T00:00:00.000Z</Initiated></Upload>
    <NextKeyMarker>${first.key}</NextKeyMarker><NextUploadIdMarker>${first.id}</NextUploadIdMarker>`
  return `<?xml version="1.0"?><ListMultipartUploadsResult><IsTruncated>${others.length > 0}</IsTruncated>${upload ?? ''}</ListMultipartUploadsResult>`
}
