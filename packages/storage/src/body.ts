import { Transform } from 'node:stream'
import { SizeMismatch } from './storage.ts'

/** Passes bytes on and counts them; fails at the first too many, and at the end when some are missing. */
export function countingStream(expected: number | undefined): Transform & { bytes: number } {
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      counter.bytes += chunk.byteLength
      const isOver = expected !== undefined && counter.bytes > expected
      done(isOver ? new SizeMismatch(expected, counter.bytes) : null, chunk)
    },
    flush(done) {
      const isShort = expected !== undefined && counter.bytes < expected
      done(isShort ? new SizeMismatch(expected, counter.bytes) : null)
    },
  })
  const counter = Object.assign(stream, { bytes: 0 })
  return counter
}
