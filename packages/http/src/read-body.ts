import type { Response } from 'undici'
import { HttpError } from './error.ts'

/** The body as text; counted after decompression, so that a small bomb does not unpack. Throws HttpError `too-large`. */
export async function readBody(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    // Leaving the loop cancels the rest of the body.
    if (size > maxBytes) throw new HttpError('too-large', `The answer is over ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
