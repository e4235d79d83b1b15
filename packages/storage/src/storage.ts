import type { Readable } from 'node:stream'

/** An object's bytes never change under one `etag`. */
export type ObjectInfo = { size: number; etag: string }

/** Bytes from `start` to `end`, both included, as RFC 9110 counts them; to the last one without `end`. */
export type ByteRange = { start: number; end?: number }

export type StoredObject = ObjectInfo & {
  /** What was asked for of it, all of it unless a range was. Destroy it when it is not read to its end. */
  body: Readable
}

export type PutOptions = {
  /** What a presigned GET returns it as. The type that is believed is the caller's to keep. */
  contentType: string
  /** When it is known: another number of bytes is an error, and nothing is kept. */
  size?: number
  signal?: AbortSignal
}

/** A request that somebody without credentials may make until it expires. */
export type PresignedPut = { url: string; method: 'PUT'; headers: Record<string, string> }

/**
 * Files by key (`checkedKey`). What fails for want of a store in order is `StorageUnavailable`; an aborted `signal` rejects
 * with its reason.
 */
export type Storage = {
  /**
   * Keeps what `body` yields, in place of an earlier object. It is there as a whole or not at all: nobody reads a part of it,
   * and nothing stays behind of one that fails. Consumes `body` or destroys it.
   */
  put(key: string, body: Readable, options: PutOptions): Promise<ObjectInfo>
  /** Throws `ObjectNotFound`, and `RangeNotSatisfiable` for a range that begins behind the end. */
  get(key: string, options?: { range?: ByteRange; signal?: AbortSignal }): Promise<StoredObject>
  /** Throws `ObjectNotFound`. */
  head(key: string, options?: { signal?: AbortSignal }): Promise<ObjectInfo>
  /** What is not there is deleted already. */
  delete(key: string, options?: { signal?: AbortSignal }): Promise<void>
  /**
   * Removes what uploads left that broke off before `before`, and returns how many: a killed process cannot do it itself. The
   * keys of ours begin with `prefix`, since a bucket may hold what others write.
   */
  sweep(options: { prefix: string; before: Date }): Promise<number>
  /**
   * Where clients may speak to the store themselves. Size and type are part of what is signed. Until it expires it may be
   * used again: what was read once and is to be kept is put under another key.
   */
  presignPut?(
    key: string,
    options: { contentType: string; size: number; expiresSeconds: number },
  ): Promise<PresignedPut>
  /** The origin of their addresses, to which a page that sends a file must be allowed to connect. */
  readonly presignedOrigin?: string
  /** The same for reading. `contentDisposition` is the header of the response (RFC 6266). */
  presignGet?(
    key: string,
    options: { expiresSeconds: number; contentDisposition?: string },
  ): Promise<string>
  close(): void
}

/** `time`: it did not respond in time. `gone`: the bucket or the folder is not there, or refuses us. */
type Problem = 'full' | 'gone' | 'time' | 'failed'

const messages: Record<Problem, string> = {
  full: 'The storage is full',
  gone: 'The storage is not there or refuses access',
  time: 'The storage did not respond in time',
  failed: 'The storage failed',
}

export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable'
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(messages[problem], options)
    this.problem = problem
  }
}

export class ObjectNotFound extends Error {
  override readonly name = 'ObjectNotFound'

  constructor(key: string, options?: ErrorOptions) {
    super(`There is no object ${key}`, options)
  }
}

export class RangeNotSatisfiable extends Error {
  override readonly name = 'RangeNotSatisfiable'

  constructor(key: string, options?: ErrorOptions) {
    super(`The object ${key} ends before the range begins`, options)
  }
}

/** `body` had another number of bytes than `size`. */
export class SizeMismatch extends Error {
  override readonly name = 'SizeMismatch'

  constructor(expected: number, actual: number) {
    super(`Expected ${expected} bytes, got ${actual}`)
  }
}
