import { ObjectNotFound, RangeNotSatisfiable, StorageUnavailable } from './storage.ts'

const MISSING = ['NoSuchKey', 'NotFound']
const GONE = ['NoSuchBucket', 'PermanentRedirect', 'InvalidBucketName']
/** What MinIO, Ceph and others say of a disk or a quota that is full. */
const FULL = ['XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded', 'QuotaExceeded']
const LATE = ['RequestTimeout', 'RequestTimeTooSkewed']

/** What the SDK or the connection failed with. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function toStorageError(cause: unknown, key: string): Error {
  if (cause instanceof StorageUnavailable) return cause
  const { name, status } = readError(cause)
  if (MISSING.includes(name)) return new ObjectNotFound(key, { cause })
  if (name === 'InvalidRange' || status === 416) return new RangeNotSatisfiable(key, { cause })
  if (FULL.includes(name) || status === 507) return new StorageUnavailable('full', { cause })
  if (LATE.includes(name)) return new StorageUnavailable('time', { cause })
  if (GONE.includes(name) || status === 401 || status === 403) {
    return new StorageUnavailable('gone', { cause })
  }
  return new StorageUnavailable('failed', { cause })
}

function readError(error: unknown): { name: string; status: number | undefined } {
  if (!(error instanceof Error)) return { name: '', status: undefined }
  const metadata: unknown = Reflect.get(error, '$metadata')
  const hasStatus =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
  const status = hasStatus ? metadata.httpStatusCode : undefined
  return { name: error.name, status: typeof status === 'number' ? status : undefined }
}
