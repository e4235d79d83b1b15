import {
  type CreateUpload,
  type MediaType,
  mediaTypes,
  type MediaView,
  type PreparedUpload,
} from '@galley/contract/platform/media'
import { reasonOf } from './errors.ts'
import { sendBody, sendFile, type SendOptions } from './upload.ts'

export type DirectCalls = {
  create: (input: CreateUpload, signal: AbortSignal) => Promise<PreparedUpload>
  complete: (id: string, signal: AbortSignal) => Promise<MediaView>
  /** Gives up the room that was taken for it. */
  discard: (id: string) => Promise<unknown>
}

/**
 * Sends one file straight to the store, which the server has prepared; by the server where the store does not take it: it may be
 * out of reach of browsers, or its CORS rules may not allow them.
 */
export async function sendDirectly(
  file: File,
  options: SendOptions,
  { create, complete, discard }: DirectCalls,
): Promise<MediaView> {
  const { fields, signal } = options
  const { name: fileName, size: bytes, type: mime } = file
  // Only the content says what it is.
  if (!isMediaType(mime) || fileName === '' || bytes === 0) return sendFile(file, options)
  const input = { ...fields, fileName, mime, bytes }
  const prepared = await create(input, signal).catch((error: unknown) => {
    if (reasonOf(error) === 'media/direct-upload-unsupported') return null
    throw error
  })
  if (prepared === null) return sendFile(file, options)
  const { media, upload } = prepared
  try {
    if (await arrives(upload, file, options)) return await complete(media.id, signal)
  } catch (error) {
    void discard(media.id).catch(() => {})
    throw error
  }
  // Room for it is taken again.
  await discard(media.id).catch(() => {})
  return sendFile(file, options)
}

const isMediaType = (type: string): type is MediaType => Object.hasOwn(mediaTypes, type)

/** A store that browsers cannot reach may say nothing at all. */
const SILENCE_MS = 10_000

/** Whether the store has taken all of it. Rejects when it is cancelled. */
async function arrives(
  to: PreparedUpload['upload'],
  file: File,
  { onProgress, signal }: SendOptions,
): Promise<boolean> {
  const ended = new AbortController()
  const cancel = () => ended.abort(signal.reason)
  signal.addEventListener('abort', cancel)
  const silence = setTimeout(() => ended.abort(), SILENCE_MS)
  const tell = (part: number) => {
    clearTimeout(silence)
    onProgress(part)
  }
  try {
    signal.throwIfAborted()
    const { status } = await sendBody(to, file, { onProgress: tell, signal: ended.signal })
    return status >= 200 && status < 300
  } catch {
    signal.throwIfAborted()
    return false
  } finally {
    clearTimeout(silence)
    signal.removeEventListener('abort', cancel)
  }
}
