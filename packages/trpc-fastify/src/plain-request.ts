import type { FastifyRequest } from 'fastify'

/** Whether a request is a GET or a JSON POST that wants a JSON answer, with nothing odd in its address. */
export function isPlainRequest(request: FastifyRequest): boolean {
  const { headers } = request.raw
  return (
    hasPlainBody(request, headers['content-type']) &&
    headers['trpc-accept'] === undefined &&
    !headers.accept?.includes('application/jsonl') &&
    isPlainTarget(request.raw.url) &&
    isValidHost(headers.host ?? headers[':authority'])
  )
}

function hasPlainBody({ method, body }: FastifyRequest, contentType: string | undefined) {
  if (method === 'GET') return contentType === undefined || isJson(contentType)
  return method === 'POST' && isJson(contentType) && typeof body === 'string' && !isMarked(body)
}

// Which byte order marks are overlooked is up to the `Request` of the platform.
const isMarked = (body: string) => body.startsWith('\uFEFF')

// Media types are case-insensitive (RFC 9110, 8.3.1).
const isJson = (contentType = '') =>
  contentType === 'application/json' ||
  contentType.toLowerCase().split(';', 1)[0]?.trim() === 'application/json'

// `//host` and `/\host` are addresses of other hosts to a URL parser, and `#` ends the query.
const isPlainTarget = (url = '') => /^\/(?![/\\])[^#]*$/.test(url)

let lastValid = 'localhost'

// With a host that no URL can have, tRPC fails before it answers. Most requests name the host of the one before.
function isValidHost(host: string | string[] = 'localhost') {
  if (host === lastValid) return true
  if (typeof host !== 'string' || /[@/\\?#]/.test(host)) return false
  if (!URL.canParse(`http://${host}`)) return false
  lastValid = host
  return true
}
