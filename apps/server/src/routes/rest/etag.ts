import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { AppError } from '@galley/platform/errors'

/**
 * The strong validator of a response (RFC 9110, 8.8.3): a hash of its bytes, which depend on who reads, after the
 * version where the thing has one.
 */
export function etagOf(body: string, version: number | undefined): string {
  const hash = createHash('sha1').update(body).digest('base64url')
  return version === undefined ? `"${hash}"` : `"${version}.${hash}"`
}

/** Whether the caller has this response already: `If-None-Match`, compared weakly (RFC 9110, 13.1.2). */
export function isKnown(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  return [...ifNoneMatch.matchAll(/"[^"]*"/g)].some(([known]) => known === etag)
}

/** What a response may be asked by whether it has changed: when it was made is in milliseconds since 1970. */
export type Validators = { etag: string; madeAt: number }

type Made = Pick<Validators, 'madeAt'>

/** For how many whole seconds it is there. */
export const ageOf = ({ madeAt }: Made) => Math.max(0, Math.floor((Date.now() - madeAt) / 1000))

/**
 * When the response was made, as HTTP writes it: the end of that second, so that who got the one before it in this second names
 * an earlier time. Never later than now.
 */
export const lastModifiedOf = ({ madeAt }: Made) =>
  new Date(Math.min(Math.ceil(madeAt / 1000) * 1000, Date.now())).toUTCString()

/** Whether the caller has this response already (RFC 9110, 13.2.2). Its time counts only where they send no tag. */
export function isCurrent(
  { etag, madeAt }: Validators,
  headers: Pick<IncomingHttpHeaders, 'if-none-match' | 'if-modified-since'>,
): boolean {
  const { 'if-none-match': known, 'if-modified-since': since } = headers
  if (known !== undefined || since === undefined) return isKnown(etag, known)
  return Date.parse(since) >= madeAt
}

/** No version of anything: a tag that Galley never gave matches none. */
const NEVER = Number.MAX_SAFE_INTEGER
const MOST_VERSIONS = 10

/**
 * The versions of which `If-Match` takes any (RFC 9110, 13.1.1): one or several tags, as `"3"` or whole as a read gave
 * them; `any` for `*`, undefined where there is no header. Weak tags match nothing.
 */
export function versionsOf(ifMatch: string | undefined): (number | 'any' | undefined)[] {
  if (ifMatch === undefined) return [undefined]
  if (ifMatch.trim() === '*') return ['any']
  const tags = ifMatch.split(',').map((tag) => versionIn(tag.trim()))
  const versions = [...new Set(tags.filter((version) => version !== NEVER))]
  if (versions.length > MOST_VERSIONS) {
    throw new AppError('request/invalid', {
      fields: [{ path: 'if-match', message: `Must name at most ${MOST_VERSIONS} versions.` }],
    })
  }
  return versions.length > 0 ? versions : [NEVER]
}

function versionIn(tag: string): number {
  const [, version] = /^"(\d{1,9})(?:\.[\w-]+)?"$/.exec(tag) ?? []
  return version === undefined || version === '0' ? NEVER : Number(version)
}
