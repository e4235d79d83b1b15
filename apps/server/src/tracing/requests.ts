import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import {
  contextIn,
  fail,
  isTracing,
  runIn,
  type Span,
  startSpan,
  traceparentOf,
} from '@galley/tracing/span'
import { parseTraceparent, toTraceparent, traceIdIn } from '@galley/tracing/traceparent'
import fastifyPlugin from 'fastify-plugin'
import { hideTokens } from '../log/request-log.ts'
import type { RouteOf } from '../metrics/request-route.ts'
import { isHealthPath, pathOf } from '../paths.ts'
import { isUpgrade } from '../routes/sockets/upgrades.ts'

const spans = new WeakMap<IncomingMessage, Span>()

/**
 * What the work of a request names as its cause: its span, or what its caller's `traceparent` names where no spans are made;
 * undefined where the header is absent or wrong.
 */
export function traceparentOfRequest(request: IncomingMessage): string | undefined {
  const span = isTracing() ? spans.get(request) : undefined
  if (span) return traceparentOf(span)
  const cause = parseTraceparent(request.headers.traceparent)
  return cause && toTraceparent(cause)
}

/** The trace that a request is part of, for the log and for who reports a failure. */
export const traceIdOf = (request: IncomingMessage): string | undefined =>
  traceIdIn(traceparentOfRequest(request))

/**
 * A span for each request but probes, from its head to the end of its response. In front of the gate, so that it shows the wait
 * there, and what is refused or ready (decision 046).
 */
export function traceRequests(
  guard: (listener: RequestListener) => RequestListener,
  listener: RequestListener,
  routeOf?: RouteOf,
): RequestListener {
  if (!isTracing()) return guard(listener)
  // The gate may admit it when another request ends, in the context of that one.
  const guarded = guard((request, response) => inSpanOf(request, () => listener(request, response)))
  return (request, response) => {
    if (!isHealthPath(request.url ?? '')) begin(request, response, routeOf)
    inSpanOf(request, () => guarded(request, response))
  }
}

function begin(request: IncomingMessage, response: ServerResponse, routeOf?: RouteOf) {
  const { method = '', url = '', headers } = request
  const span = startSpan(method, {
    kind: 'server',
    cause: String(headers.traceparent),
    attributes: {
      'http.request.method': method,
      'url.scheme': 'http',
      'url.path': hideTokens(pathOf(url)),
      'network.protocol.version': request.httpVersion,
    },
  })
  spans.set(request, span)
  // A socket outlives its response.
  const whole = isUpgrade(request) ? request.socket : response
  whole.once('close', () => {
    const { statusCode, writableFinished } = response
    // Known at the end alone: what is ready never meets the router, and who renders a page knows its route.
    const route = routeOf?.(request)
    if (route !== undefined) span.updateName(`${method} ${route}`).setAttribute('http.route', route)
    span.setAttribute('http.response.status_code', statusCode)
    if (statusCode >= 500) fail(span, String(statusCode))
    else if (!writableFinished && whole === response) span.setAttribute('error.type', 'aborted')
    span.end()
  })
}

function inSpanOf(request: IncomingMessage, work: () => void) {
  const span = spans.get(request)
  if (span) runIn(contextIn(span), work)
  else work()
}

/** What only Fastify knows of a request, for its span, and the way back into its context. */
export const requestSpans = fastifyPlugin(
  (app, _options, done) => {
    if (!isTracing()) return done()
    app.addHook('onRequest', (request, _reply, next) => {
      spans.get(request.raw)?.setAttribute('galley.request_id', request.id)
      next()
    })
    // The end of a body is an event of the connection.
    app.addHook('preValidation', (request, _reply, next) => inSpanOf(request.raw, () => next()))
    done()
  },
  { name: 'request-spans', fastify: '5.x' },
)
