import { addAbortSignal, type Readable } from 'node:stream'
import { SizeMismatch } from './storage.ts'

type Options = { size?: number | undefined; signal?: AbortSignal | undefined }

/** A body on its way into the store. */
type CountedBody = {
  bytes: number
  /** What the body itself failed with; not the store, which may stop reading. */
  failure: unknown
  chunks: AsyncGenerator<Buffer>
}

/** Counts bytes; fails at the first too many, at the end when some are missing, and when it is aborted. */
export function countBody(body: Readable, { size, signal }: Options): CountedBody {
  const counted: CountedBody = { bytes: 0, failure: undefined, chunks: chunks() }
  if (signal) addAbortSignal(signal, body)
  return counted

  async function* chunks() {
    let isWithStore = false
    try {
      for await (const chunk of body) {
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer)
        counted.bytes += bytes.byteLength
        if (size !== undefined && counted.bytes > size) break
        isWithStore = true
        yield bytes
        isWithStore = false
      }
      if (size !== undefined && counted.bytes !== size) throw new SizeMismatch(size, counted.bytes)
    } catch (error) {
      if (!isWithStore) counted.failure = error
      throw error
    }
  }
}
