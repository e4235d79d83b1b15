import { createHash } from 'node:crypto'
import { AppError } from '@galley/core/errors'

/**
 * The strong validator of an answer (RFC 9110, 8.8.3): a hash of its bytes, which depend on who reads, after the
 * version where the thing has one.
 */
export function etagOf(body: string, version: number | undefined): string {
  const hash = createHash('sha1').update(body).digest('base64url')
  return version === undefined ? `"${hash}"` : `"${version}.${hash}"`
}

/** Whether the caller has this answer already: `If-None-Match`, compared weakly (RFC 9110, 13.1.2). */
export function isKnown(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  return [...ifNoneMatch.matchAll(/"[^"]*"/g)].some(([known]) => known === etag)
}

/** No version of anything: a tag that Galley never gave matches none. */
const NEVER = Number.MAX_SAFE_INTEGER

/**
 * The version that `If-Match` names, as `"3"` or by the whole tag of a read; undefined where there is no header, or
 * where it takes any (RFC 9110, 13.1.1). A weak tag matches nothing.
 */
export function versionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  if (ifMatch.includes('",')) {
    throw new AppError('request/invalid', {
      fields: [{ path: 'if-match', message: 'Name one version.' }],
    })
  }
  const [, version] = /^"(\d{1,9})(?:\.[\w-]+)?"$/.exec(ifMatch.trim()) ?? []
  return version === undefined || version === '0' ? NEVER : Number(version)
}
