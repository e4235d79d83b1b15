import type { IncomingHttpHeaders } from 'node:http'

type Representation = { bytes: number; etag: string }

/**
 * The bytes that `Range` asks for (RFC 9110, 14.2), both ends included. Undefined means all of them: several ranges, another
 * unit or what cannot be read are ignored, as is a range of another version (`If-Range`).
 */
export function rangeOf(
  { range, 'if-range': ifRange }: IncomingHttpHeaders,
  { bytes, etag }: Representation,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  if (ifRange !== undefined && ifRange !== etag) return undefined
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(range ?? '') ?? []
  if (first === undefined || last === undefined || first + last === '') return undefined
  if (first === '') {
    const length = Number(last)
    if (length === 0) return 'unsatisfiable'
    return { start: Math.max(0, bytes - length), end: bytes - 1 }
  }
  const start = Number(first)
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)
  if (last !== '' && Number(last) < start) return undefined
  return start < bytes ? { start, end } : 'unsatisfiable'
}
