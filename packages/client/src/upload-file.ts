import type { MediaView } from './api.gen.ts'
import { platformFetch } from './call-links.ts'
import { checkedBase } from './check-options.ts'
import { toGalleyError } from './error.ts'
import type { GalleyClientOptions } from './options.ts'
import { failureOf } from './post.ts'
import { aborted } from './retry-link.ts'

export type UploadOptions = Pick<GalleyClientOptions, 'url' | 'fetch'> & {
  auth: 'cookie' | { token: string }
}

export type FileToUpload = {
  /** Its `type` says what it is, and is held to its content. */
  file: Blob
  /** The name to keep; that of a `File` unless given. */
  name?: string
  alt?: string
  caption?: string
  decorative?: boolean
  /** With it, the same file sent again is the first one. */
  idempotencyKey?: string
  signal?: AbortSignal
}

/**
 * Sends a file to the media library, where it is scanned and looked at: ask `media.get` until its `state` is `ready`. A token
 * needs the scope `media:write`. Throws a `GalleyError`.
 */
export async function uploadFile(
  { url, auth, fetch: send = platformFetch }: UploadOptions,
  { idempotencyKey, signal, ...given }: FileToUpload,
): Promise<MediaView> {
  const base = checkedBase({ url, auth })
  // Node lets an error out that nobody can catch where a form is sent under a signal that has gone already.
  if (signal?.aborted) throw aborted(signal.reason)
  const headers = {
    ...(auth !== 'cookie' && { authorization: `Bearer ${auth.token}` }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  }
  const response = await send(`${base}/api/v1/media`, {
    method: 'POST',
    headers,
    body: formOf(given),
    credentials: auth === 'cookie' ? 'include' : 'omit',
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    throw signal?.aborted ? aborted(signal.reason) : toGalleyError(cause)
  })
  const content: unknown = await response.json().catch(() => undefined)
  if (response.status === 201) return content as MediaView
  throw failureOf(response, content)
}

/** The file last: what is said of it has arrived when it begins. */
function formOf({ file, name, ...fields }: Omit<FileToUpload, 'idempotencyKey' | 'signal'>) {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields))
    if (value !== undefined) form.append(field, String(value))
  if (name === undefined) form.append('file', file)
  else form.append('file', file, name)
  return form
}
