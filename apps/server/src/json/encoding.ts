import { AppError } from '@galley/platform/errors'

/** More than any client writes: what is longer is not looked into. */
const MAX_LENGTH = 256

/**
 * Whether a `Content-Type` is JSON (RFC 8259, 11): with any parameters, of which a charset must be UTF-8, by either of
 * its usual spellings. As a patch it may be a JSON merge patch (RFC 7396).
 */
export function isJsonType(contentType: string | undefined, isPatch: boolean): boolean {
  if (contentType === undefined || contentType.length > MAX_LENGTH) return false
  const [type, ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase())
  const isJson = type === JSON_TYPE || (isPatch && type === MERGE_PATCH_TYPE)
  return isJson && parameters.every((parameter) => !isOtherCharset(parameter))
}

export const JSON_TYPE = 'application/json'
export const MERGE_PATCH_TYPE = 'application/merge-patch+json'

function isOtherCharset(parameter: string) {
  const [name = '', value = ''] = parameter.split('=', 2)
  return name.trim() === 'charset' && !/^(?:"utf-?8"|utf-?8)$/.test(value.trim())
}

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
