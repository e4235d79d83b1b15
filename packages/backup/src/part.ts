import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { PassThrough, type Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { z } from 'zod'
import { BackupError } from './backups.ts'
import { decryptionBy, encryptionBy } from './key.ts'

/** A file of a backup, as it is on the disk. */
export const Part = z.strictObject({
  file: z.string().regex(/^(?![./])(?!.*\/[./])[\w./-]+$/),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type Part = z.output<typeof Part>

/** What stops for so long has hung: a frozen database, a store that sends nothing. */
const SILENCE_MS = 120_000

/** A folder of a backup, and how to write to it. */
export type Place = { folder: string; key: string | undefined; signal?: AbortSignal | undefined }

/** Writes what `source` yields, compressed where the name ends in `.zst`, encrypted with a key. On the disk when it returns. */
export async function writePart(
  { folder, key, signal }: Place,
  name: string,
  source: Readable | AsyncIterable<Uint8Array | string>,
  silenceMs = SILENCE_MS,
): Promise<Part> {
  const file = key === undefined ? name : `${name}.age`
  const target = path.join(folder, file)
  await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
  const watch = watchSilence(signal, silenceMs)
  const hash = createHash('sha256')
  let bytes = 0
  async function* counted(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      watch.heard()
      hash.update(chunk)
      bytes += chunk.byteLength
      yield chunk
    }
  }
  const stages = [
    source,
    ...(name.endsWith('.zst') ? [createZstdCompress()] : []),
    ...(await encryptionBy(key)),
    counted,
    createWriteStream(target, { flags: 'wx', mode: 0o600, flush: true }),
  ]
  try {
    await pipelineOf(stages, watch.signal)
  } catch (error) {
    throw explainWrite(watch.reasonOf(error), folder)
  } finally {
    watch.stop()
  }
  return { file, bytes, sha256: hash.digest('hex') }
}

/** What a part says, decrypted and unpacked. Of a part that was altered it breaks off. */
export function readPart({ folder, key }: Place, { file }: Pick<Part, 'file'>): Readable {
  const out = new PassThrough()
  const stages = [
    createReadStream(path.join(folder, file)),
    ...decryptionBy(key, file),
    ...(/\.zst(\.age)?$/.test(file) ? [createZstdDecompress()] : []),
    out,
  ]
  // What breaks it destroys `out` with the reason, which is where it is read.
  pipelineOf(stages).catch((error: unknown) => out.destroy(toError(explainRead(error, file))))
  return out
}

/** Throws BackupError unless the file has the bytes that its manifest says. */
export async function verifyPart(folder: string, { file, bytes, sha256 }: Part): Promise<void> {
  const source = path.join(folder, file)
  const found = await stat(source).catch(() => undefined)
  if (!found?.isFile()) throw new BackupError(`${file} is missing in ${folder}.`)
  if (found.size !== bytes) {
    throw new BackupError(
      `${file} is ${found.size < bytes ? 'cut off' : 'too long'}: it has ${found.size} of ${bytes} bytes.`,
    )
  }
  const hash = createHash('sha256')
  await pipeline(createReadStream(source), hash)
  if (hash.digest('hex') !== sha256) {
    throw new BackupError(`${file} was altered: its SHA-256 is not that of the manifest.`)
  }
}

export const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true })

/** Counts rows of `copy` as they pass: each ends in a line feed. */
export function countRows() {
  let rows = 0
  return {
    count: () => rows,
    async *of(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows += 1
        yield chunk
      }
    },
  }
}

const PIECE_BYTES = 64 * 1024

/** The same in larger pieces: what compresses costs as much for a row as for a thousand. */
export async function* inPieces(chunks: AsyncIterable<Buffer>) {
  let [held, bytes]: [Buffer[], number] = [[], 0]
  for await (const chunk of chunks) {
    held.push(chunk)
    bytes += chunk.byteLength
    if (bytes < PIECE_BYTES) continue
    yield Buffer.concat(held)
    ;[held, bytes] = [[], 0]
  }
  if (bytes > 0) yield Buffer.concat(held)
}

function watchSilence(signal: AbortSignal | undefined, silenceMs: number) {
  const late = new AbortController()
  const timer = setTimeout(() => {
    late.abort(new BackupError(`Nothing came for ${silenceMs / 1000} s, so the backup gave up.`))
  }, silenceMs)
  return {
    signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
    heard: () => timer.refresh(),
    stop: () => clearTimeout(timer),
    reasonOf: (error: unknown): unknown =>
      late.signal.aborted ? late.signal.reason : signal?.aborted ? signal.reason : error,
  }
}

type Stages = readonly (
  | Readable
  | Writable
  | AsyncIterable<unknown>
  | ((source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>)
)[]

/** `pipeline` of as many stages as there are: its types want to count them. */
const pipelineOf = (stages: Stages, signal?: AbortSignal): Promise<void> =>
  pipeline(stages as [Readable, Writable], signal ? { signal } : {})

const full = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const refused = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'EEXIST'])

/** What the disk refuses, in words; any other error stays as it is. */
export function explainWrite(error: unknown, folder: string): unknown {
  const code = codeOf(error)
  if (full.has(code)) {
    return new BackupError(`There is no room left in ${path.dirname(folder)}.`, { cause: error })
  }
  if (refused.has(code)) {
    return new BackupError(`${path.dirname(folder)} cannot be written (${code}).`, { cause: error })
  }
  return error
}

function explainRead(error: unknown, file: string): unknown {
  const code = codeOf(error)
  if (code === 'ENOENT') return new BackupError(`${file} is missing.`, { cause: error })
  if (!/^(Z_|ZSTD_|ERR_)/.test(code)) return error
  return new BackupError(`${file} was altered or cut off: it cannot be unpacked.`, { cause: error })
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

export const toError = (error: unknown) =>
  error instanceof Error ? error : new Error(String(error))
