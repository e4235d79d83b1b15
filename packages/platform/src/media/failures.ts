import type { ErrorReason } from '@galley/contract/errors'
import type { FileRefused, RefusedReason } from '@galley/images/images'
import { AppError } from '../errors.ts'

/** Why a file is refused, in the contract's words. */
const reasonOfRefusal: Record<RefusedReason, ErrorReason> = {
  type: 'media/unsupported-type',
  svg: 'media/svg-refused',
  mismatch: 'media/type-mismatch',
  pixels: 'media/too-many-pixels',
  frames: 'media/too-many-frames',
  animation: 'media/animation-unsupported',
  broken: 'media/unreadable',
  complex: 'media/processing-failed',
  active: 'media/active-content',
}

/** Throws what a caller may know of a failure to read, store or serve a file. */
export function throwMediaError(error: unknown): never {
  if (isFileRefused(error)) {
    throw new AppError(reasonOfRefusal[error.reason], {
      cause: error,
      fields: [{ path: 'file', message: error.message }],
    })
  }
  const reason = unavailable(error)
  if (reason) throw new AppError(reason, { cause: error, retryAfterSeconds: RETRY_SECONDS })
  throw error
}

const RETRY_SECONDS = 5

// Of adapters only types are known here.
const isFileRefused = (error: unknown): error is FileRefused =>
  error instanceof Error && error.name === 'FileRefused'

/** What is no fault of the file: the storage, the scanner or the picture library is away for a while, or this machine is full. */
export function unavailable(error: unknown): ErrorReason | undefined {
  if (!(error instanceof Error)) return undefined
  return isFull(error) ? 'storage/unavailable' : reasonByName[error.name]
}

/** What may be the fault of the file after all: it is given up where that happens again and again. */
export const mayBeTheFile = (error: unknown): boolean =>
  error instanceof Error &&
  !isFull(error) &&
  (error.name === 'ImagesUnavailable' || error.name === 'ScanBrokenOff')

const isFull = (error: Error) =>
  'code' in error && typeof error.code === 'string' && full.has(error.code)

/** No room on the disk by which files go, or no more open files. */
const full = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE'])

const reasonByName: Record<string, ErrorReason> = {
  ScannerUnavailable: 'media/scan-pending',
  ScanBrokenOff: 'media/scan-pending',
  StorageUnavailable: 'storage/unavailable',
  ImagesUnavailable: 'server/unavailable',
}
