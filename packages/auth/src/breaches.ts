import { createHash } from 'node:crypto'
import type { HttpClient } from '@galley/http/client'

export type Breaches = {
  /** How often the password is known from breaches; 0 also when the service cannot be asked. */
  count(password: string): Promise<number>
}

type Options = {
  http: HttpClient
  /** Of a service that speaks the range protocol of Have I Been Pwned: `<url>/range/<first five hex digits>`. */
  url: string
  /** Told when the service could not be asked; the password is let through (fail open). */
  onFailure?: (error: unknown) => void
}

const TIMEOUT_MS = 3000
const CACHED_PREFIXES = 500
const CACHED_MS = 60 * 60 * 1000

/**
 * Passwords known from breaches (NIST SP 800-63B, 3.1.1.2) by k-anonymity: five hex digits of the SHA-1 leave this
 * machine, never the password. The response is padded, so that its length tells nothing either. Ranges are kept for an
 * hour.
 */
export function createBreaches({ http, url, onFailure }: Options): Breaches {
  const cache = new Map<string, { body: string; until: number }>()

  async function range(prefix: string): Promise<string> {
    const cached = cache.get(prefix)
    if (cached && cached.until > performance.now()) return cached.body
    const { status, body } = await http.send({
      url: `${url}/range/${prefix}`,
      route: '/range/{prefix}',
      headers: { 'add-padding': 'true' },
      timeoutMs: TIMEOUT_MS,
    })
    if (status !== 200)
      throw new Error(`The service of breached passwords responded with ${status}`)
    cache.delete(prefix)
    cache.set(prefix, { body, until: performance.now() + CACHED_MS })
    const [oldest] = cache.keys()
    if (cache.size > CACHED_PREFIXES && oldest !== undefined) cache.delete(oldest)
    return body
  }

  return {
    async count(password) {
      const hash = createHash('sha1').update(password).digest('hex').toUpperCase()
      try {
        return countIn(await range(hash.slice(0, 5)), hash.slice(5))
      } catch (error) {
        onFailure?.(error)
        return 0
      }
    },
  }
}

/** Lines of `<35 hex digits>:<count>`; padding has the count 0. */
function countIn(body: string, suffix: string): number {
  const line = body.split('\n').find((each) => each.toUpperCase().startsWith(`${suffix}:`))
  const count = Number(line?.slice(suffix.length + 1))
  return Number.isSafeInteger(count) ? count : 0
}
