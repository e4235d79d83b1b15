import type { ErrorReason } from '@galley/contract/errors'
import type { MediaFields, MediaView } from '@galley/contract/platform/media'
import { isOffline, offlineMessage } from './connection.ts'
import { sayWhen, ShownError } from './errors.ts'

/** Why a file was not uploaded, in words for the person; `reason` where the server has said it. */
export class UploadError extends ShownError {
  readonly reason: ErrorReason | undefined

  constructor(message: string, reason?: ErrorReason) {
    super(message)
    this.reason = reason
  }
}

export type SendOptions = {
  fields?: MediaFields
  /** How much of the file has left, from 0 to 1. */
  onProgress: (part: number) => void
  signal: AbortSignal
}

/**
 * Sends one file to the media library. Rejects with an UploadError, or with the reason of `signal` once that is aborted.
 */
export async function sendFile(
  file: File,
  { fields = {}, ...options }: SendOptions,
): Promise<MediaView> {
  const headers = { accept: 'application/json' }
  const to = { method: 'POST', url: '/api/v1/media', headers }
  const response = await sendBody(to, formOf(file, fields), options)
  const body = parsed(response.responseText)
  if (response.status === 201 && isMedia(body)) return body
  throw refusal(response, body)
}

type Target = { method: string; url: string; headers: Record<string, string> }

/**
 * By XMLHttpRequest, since `fetch` tells nobody how far a body has come. Resolves with a response of any status; rejects with an
 * UploadError where there is none.
 */
export function sendBody(
  { method, url, headers }: Target,
  body: FormData | File,
  { onProgress, signal }: Omit<SendOptions, 'fields'>,
): Promise<XMLHttpRequest> {
  const { promise, resolve, reject } = Promise.withResolvers<XMLHttpRequest>()
  if (signal.aborted) {
    reject(signal.reason)
    return promise
  }
  const request = new XMLHttpRequest()
  const cancel = () => {
    reject(signal.reason)
    request.abort()
  }
  signal.addEventListener('abort', cancel)
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    if (total > 0) onProgress(loaded / total)
  })
  request.addEventListener('error', () => reject(unreachable()))
  request.addEventListener('timeout', () => reject(unreachable()))
  request.addEventListener('load', () => resolve(request))
  request.addEventListener('loadend', () => signal.removeEventListener('abort', cancel))
  request.open(method, url)
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
  request.send(body)
  return promise
}

/** The file last: what is said of it has arrived when it begins. */
function formOf(file: File, { alt, caption, decorative }: MediaFields): FormData {
  const form = new FormData()
  if (alt !== undefined) form.append('alt', alt)
  if (caption !== undefined) form.append('caption', caption)
  if (decorative !== undefined) form.append('decorative', String(decorative))
  form.append('file', file, file.name)
  return form
}

const unreachable = () =>
  new UploadError(
    isOffline()
      ? offlineMessage
      : 'The server could not be reached. Check the connection and try again.',
  )

function refusal(request: XMLHttpRequest, body: Record<string, unknown>): UploadError {
  const { title, detail, reason } = body
  if (request.status === 413 && typeof title !== 'string') {
    // A proxy in front has a limit of its own, and no JSON.
    return new UploadError('The file is too large.', 'media/too-large')
  }
  if (typeof title !== 'string' || typeof reason !== 'string' || reason === 'server/internal') {
    return new UploadError('Something went wrong on the server. Try again in a moment.')
  }
  const message = reason === 'request/invalid' && typeof detail === 'string' ? detail : title
  const seconds = Number(request.getResponseHeader('retry-after'))
  return new UploadError(sayWhen(message, seconds), reason as ErrorReason)
}

function parsed(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? { ...body } : {}
  } catch {
    return {}
  }
}

const isMedia = (body: object): body is MediaView =>
  'id' in body && typeof body.id === 'string' && 'state' in body
