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
