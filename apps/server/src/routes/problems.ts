import { STATUS_CODES } from 'node:http'
import { type ErrorCode, type ErrorReason, errorReasons } from '@galley/contract/errors'
import { AppError } from '@galley/platform/errors'
import type { FastifyPluginCallback } from 'fastify'
import { statusOf } from '../errors/reply.ts'

/** Under `/api/problems`: a page about each reason for which a call can fail, which the `type` of a problem names. */
export const problems: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('onRequest', (_request, reply, next) => {
    reply.header('cache-control', 'no-store')
    next()
  })
  app.get('/', { prefixTrailingSlash: 'no-slash' }, (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(problemIndexPage(reply.nonce)),
  )
  app.get<{ Params: { area: string; name: string } }>('/:area/:name', ({ params }, reply) => {
    const reason = `${params.area}/${params.name}`
    if (!isReason(reason)) throw new AppError('route/not-found')
    return reply.type('text/html; charset=utf-8').send(problemPage(reason, reply.nonce))
  })
  done()
}

const isReason = (name: string): name is ErrorReason => Object.hasOwn(errorReasons, name)

const reasons = Object.keys(errorReasons).filter((name): name is ErrorReason =>
  Object.hasOwn(errorReasons, name),
)

/** Every reason, by area. */
function problemIndexPage(nonce: string): string {
  const groups = Map.groupBy(reasons, (reason) => reason.split('/', 1)[0] ?? reason)
  const sections = [...groups].map(
    ([area, members]) => `<h2>${area}</h2>
<ul>${members.map((reason) => `<li><a href="/api/problems/${reason}"><code>${reason}</code></a> ${errorReasons[reason].message}</li>`).join('')}</ul>`,
  )
  return page('Problems', nonce, `<h1>Problems</h1>\n${sections.join('\n')}`)
}

/** One reason: what it is, its status, and what to do. */
function problemPage(reason: ErrorReason, nonce: string): string {
  const { code, message } = errorReasons[reason]
  const status = statusOf(new AppError(reason))
  return page(
    reason,
    nonce,
    `<p><a href="/api/problems">Problems</a></p>
<h1><code>${reason}</code></h1>
<p>${message}</p>
<dl><dt>Status</dt><dd>${status} ${STATUS_CODES[status]}</dd><dt>Code</dt><dd><code>${code}</code></dd></dl>
<h2>What to do</h2>
<p>${adviceFor(code)}</p>
<p>A person who runs this server finds what happened by the <code>requestId</code> of the response.</p>`,
  )
}

const page = (title: string, nonce: string, main: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} - Galley API</title>
<style nonce="${nonce}">
  :root { color-scheme: light dark; font: 1rem/1.55 system-ui, sans-serif }
  body { max-width: 44rem; margin: 3rem auto; padding: 0 1.25rem }
  h1 { font-size: 1.75rem; overflow-wrap: anywhere }
  h2 { font-size: 1.25rem; margin-top: 2rem }
  dt { font-weight: 600 }
  dd { margin: 0 0 0.5rem }
  code { font-family: ui-monospace, Menlo, Consolas, monospace }
</style>
<main>
${main}
</main>
</html>
`

/** What a program does about a failure of this kind. */
const adviceFor = (code: ErrorCode): string => advice[code]

const advice: Record<ErrorCode, string> = {
  BAD_REQUEST:
    'Do not send it again as it is. <code>fields</code> names each wrong field and what is wrong with it.',
  UNAUTHORIZED:
    'Sign in, or get a new access token, and send it as <code>Authorization: Bearer</code>.',
  FORBIDDEN: 'Nothing about the request is wrong, but this caller may not make it.',
  NOT_FOUND:
    'Check the address and the ids in it. What the caller may not know of gets the same response as what is not there.',
  METHOD_NOT_SUPPORTED: 'The header <code>Allow</code> names the methods of this address.',
  CONFLICT:
    'Read the thing again and decide by what it is now. With <code>If-Match</code> the status of a stale version is 412.',
  UNPROCESSABLE_CONTENT: 'The request contradicts an earlier one. Make a new one.',
  PAYLOAD_TOO_LARGE: 'Send less: a request has room for an article of 100,000 characters.',
  UNSUPPORTED_MEDIA_TYPE: 'Send <code>Content-Type: application/json</code>.',
  TIMEOUT: 'Send it again, faster or in smaller parts.',
  TOO_MANY_REQUESTS: 'Wait for as many seconds as <code>Retry-After</code> says.',
  BAD_GATEWAY: 'Another service failed. Try again later.',
  SERVICE_UNAVAILABLE: 'Try again after as many seconds as <code>Retry-After</code> says.',
  INTERNAL_SERVER_ERROR: 'A mistake of this server. It is in its log under the request id.',
}
