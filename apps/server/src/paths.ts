/** The path of a request target, without its query: queries may hold what people typed. */
export const pathOf = (url: string) => url.split('?', 1)[0] ?? ''

/** The query of a request target, after its first question mark: others belong to what the query says. */
export const queryOf = (url: string) => new URLSearchParams(url.slice(pathOf(url).length))

/** Whether tRPC serves it, and so tRPC's shape of errors holds. */
export const isTrpcPath = (url: string) => isUnder(url, '/trpc')

/** Whether REST serves it, and so RFC 9457's shape of errors holds. */
export const isRestPath = (url: string) => isUnder(url, '/api/v1')

/** Whether programs rather than people call this address. */
export const isApiPath = (url: string) => isTrpcPath(url) || isUnder(url, '/api')

/** Whether nothing but JSON is there. */
export const isJsonPath = (url: string) => isTrpcPath(url) || isRestPath(url) || isHealthPath(url)

/** Whether a document about this server is there, the same for everybody: it is made in memory and needs no database. */
export const isDocumentPath = (url: string) =>
  documents.has(pathOf(url)) || isUnder(url, '/api/reference') || isUnder(url, '/api/problems')

const documents = new Set(['/api', '/api/reference.json', '/api/v1/openapi.json'])

export const isHealthPath = (url: string) => isUnder(url, '/health')

/**
 * Whether everybody is let through while the site is in maintenance: where people sign in, and where each call decides by
 * itself.
 */
export const isOpenInMaintenance = (url: string) =>
  ['/sign-in', '/auth', '/forms'].some((root) => isUnder(url, root)) || isTrpcPath(url)

/** Whether uploaded files are served there. */
export const isMediaPath = (url: string) => isUnder(url, '/media')

/** Whether people rather than programs open this address. */
export const isPagePath = (url: string) => !isApiPath(url) && !isHealthPath(url)

/**
 * A page's address as it is linked: in lower case, no segment empty, no slash at its end. All of Galley's are; what is not
 * UTF-8 stays as it is.
 */
export function canonicalTarget(target: string): string {
  const path = pathOf(target)
  const segments = path.split('/').filter((segment) => segment !== '')
  return `/${segments.map(toLowerCase).join('/')}${target.slice(path.length)}`
}

function toLowerCase(segment: string) {
  try {
    const text = decodeURIComponent(segment)
    return text === text.toLowerCase() ? segment : encodeURIComponent(text.toLowerCase())
  } catch {
    return segment
  }
}

function isUnder(url: string, root: string) {
  if (!url.startsWith(root)) return false
  const next = url[root.length]
  return next === undefined || next === '/' || next === '?'
}
