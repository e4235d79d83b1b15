/**
 * The header by which a browser saves a response under a name (RFC 6266): in ASCII for old clients, and as it is (RFC 8187)
 * where that is not the same.
 */
export function contentDisposition(type: 'attachment' | 'inline', fileName: string): string {
  const plain = fileName
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]|["\\%]/gu, '_')
  const header = `${type}; filename="${plain}"`
  return plain === fileName ? header : `${header}; filename*=UTF-8''${encode(fileName)}`
}

// What `encodeURIComponent` leaves, RFC 8187 does not take as it is.
const encode = (text: string) =>
  encodeURIComponent(text.toWellFormed()).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
