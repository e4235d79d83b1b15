import { AppError } from '@galley/platform/errors'

const strict = new TextDecoder('utf-8', { fatal: true })

/** The text of a body; a byte order mark is dropped. Bytes that are not UTF-8 are refused, never replaced. */
export function decodeUtf8(body: Uint8Array): string {
  try {
    return strict.decode(body)
  } catch (cause) {
    throw new AppError('request/not-utf-8', { cause })
  }
}

const percentEncoded = /(?:%[\da-f]{2})+/gi

/** Whether the percent-encoded bytes of a request target are UTF-8 (RFC 3986, 2.5); Node refuses such as are not encoded. */
export const isUtf8Target = (target: string): boolean =>
  !/%[89a-f]/i.test(target) || (target.match(percentEncoded) ?? []).every(isUtf8)

function isUtf8(encoded: string) {
  try {
    decodeURIComponent(encoded)
    return true
  } catch {
    return false
  }
}
