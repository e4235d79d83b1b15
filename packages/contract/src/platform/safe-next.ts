const base = 'http://site.invalid'

/**
 * Where to go after signing in: a path of this site, else `/`. Refuses whatever a browser could read as another
 * site (OWASP Unvalidated Redirects): `//evil`, `/\evil`, control characters, and the same percent-encoded.
 */
export function safeNext(value: unknown): string {
  if (typeof value !== 'string' || value.length > 2000) return '/'
  const decoded = decode(value)
  if (decoded === undefined || !staysHere(value) || !staysHere(decoded)) return '/'
  const { pathname, search, hash } = new URL(value, base)
  return isGate(pathname) ? '/' : pathname + search + hash
}

const isGate = (pathname: string) => /^\/sign-(in|up)(\/|$)/.test(pathname)

function staysHere(path: string) {
  if (!isLocalPath(path) || !URL.canParse(path, base)) return false
  const url = new URL(path, base)
  return url.origin === base && isLocalPath(url.pathname)
}

function isLocalPath(path: string) {
  // oxlint-disable-next-line no-control-regex -- browsers drop tabs and newlines, so "/\t/evil" is "//evil"
  return /^\/(?!\/)/.test(path) && !/[\\\u0000-\u001F\u007F]/.test(path)
}

function decode(value: string) {
  try {
    return decodeURIComponent(value)
  } catch {
    return undefined
  }
}
