import type { GalleyAuth } from './options.ts'

/**
 * Where Galley is, without a slash at its end. Throws a `TypeError` where address or credentials cannot be meant, which mostly
 * is a variable that is not set: the server could only say that it does not know the caller.
 */
export function checkedBase({ url, auth }: { url: string; auth: GalleyAuth }): string {
  if (!isBase(url)) {
    throw new TypeError(
      `The url must be where Galley is, without a path, such as https://galley.example; it is "${url}".`,
    )
  }
  if (typeof auth === 'object') {
    for (const [name, value] of Object.entries(auth))
      if (isNeeded.has(name) && !value) throw new TypeError(`auth.${name} is empty.`)
  }
  return url.replace(/\/+$/, '')
}

const isNeeded = new Set(['token', 'email', 'password', 'refreshToken'])

function isBase(url: string) {
  if (!URL.canParse(url)) return false
  const { protocol, pathname, search } = new URL(url)
  return /^https?:$/.test(protocol) && pathname === '/' && search === ''
}
