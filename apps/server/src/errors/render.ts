import type { IncomingMessage } from 'node:http'
import { errorData } from '@galley/api/errors'
import type { AppError } from '@galley/platform/errors'
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import { plainStyle } from '../plain-style.ts'
import { isPagePath, isRestPath, isTrpcPath, pathOf } from '../paths.ts'

/** What decides about the shape of an error: Fastify's request or Node's own. */
export type RefusedRequest = Pick<IncomingMessage, 'method' | 'url' | 'headers'>

type About = {
  request: RefusedRequest
  requestId: string
  traceId?: string | undefined
  status: number
  /** What the absolute addresses in a problem begin with. */
  publicOrigin: string
  /** Called where the body has a style of its own. */
  nonceOf: () => string
}

/**
 * The body of an error: in tRPC's shape under `/trpc`, a problem under `/api/v1`, a small page for a browser, else plain
 * JSON. Fastify, the gate and the socket's error handler all send this one.
 */
export function renderError(error: AppError, about: About): { type: string; body: string } {
  const { request } = about
  const { url = '' } = request
  if (isTrpcPath(url)) return json(trpcError(error, about))
  if (isRestPath(url)) return json(problem(error, about), 'application/problem+json')
  if (!wantsPage(request)) return json({ ...errorData(error, about), message: error.message })
  return { type: 'text/html; charset=utf-8', body: page(error, about) }
}

const json = (body: object, type = 'application/json') => ({
  type: `${type}; charset=utf-8`,
  body: JSON.stringify(body),
})

/** As tRPC's clients expect it, for what is refused before tRPC sees it. */
function trpcError(error: AppError, about: About) {
  const data = { ...errorData(error, about), httpStatus: about.status }
  return { error: { message: error.message, code: TRPC_ERROR_CODES_BY_KEY[error.code], data } }
}

/** As API clients read it under `/api/v1` (RFC 9457); `type` is the address of the page about it. */
function problem(error: AppError, about: About) {
  const { request, status, publicOrigin } = about
  const { reason, message, fields } = error
  const details = fields.map((field) => (field.path ? `${field.path}: ` : '') + field.message)
  return {
    type: `${publicOrigin}/api/problems/${reason}`,
    title: message,
    status,
    detail: details.join(' ') || message,
    ...instanceOf(request),
    ...errorData(error, about),
    ...(status === 412 && { code: 'PRECONDITION_FAILED' }),
  }
}

// An address that no URI may hold is not repeated.
function instanceOf({ url = '' }: RefusedRequest) {
  const instance = pathOf(url)
  return /^(?:[\w\-.~!$&'()*+,;=:@/]|%[\da-f]{2})*$/i.test(instance) ? { instance } : {}
}

const wantsPage = ({ method, url = '', headers }: RefusedRequest) =>
  method === 'GET' && isPagePath(url) && (headers.accept?.includes('text/html') ?? false)

/** For a person to whom no other page can be shown. `message` is ours and `requestId` of a safe alphabet. */
const page = (
  { message, reason }: AppError,
  { requestId, traceId, nonceOf }: About,
) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${message}</title>
<style nonce="${nonceOf()}">${plainStyle}
  body { max-width: 34rem; margin-top: 18vh; font: 1.1875rem/1.5 Georgia, serif }
</style>
<h1>${message}</h1>
<p>${reason === 'server/maintenance' ? signInLink : '<a href="/">To the front page</a>'}</p>
<small>Request ${requestId}${traceId ? `, trace ${traceId}` : ''}</small>
</html>
`

/** Those who work on the site are let in. */
const signInLink = '<a href="/sign-in">Sign in as an administrator</a>'
