import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Registry } from 'prom-client'
import { STREAMS } from '../load-shedding/gate.ts'
import { REQUEST_SECONDS } from './buckets.ts'
import { createDurations } from './durations.ts'
import { readGauge } from './readings.ts'
import type { RouteOf } from './request-route.ts'

export type HttpMeter = {
  /** Measures a request until its response is complete, whether or not its client takes it; of a stream, until it begins. */
  watch(request: IncomingMessage, response: ServerResponse): void
}

type Options = {
  routeOf: RouteOf
  scheme: string
}

export function createHttpMeter(registry: Registry, { routeOf, scheme }: Options): HttpMeter {
  const active = new Map<string, number>()
  const durations = createDurations(registry, {
    name: 'http_server_request_duration_seconds',
    help: 'Duration of HTTP requests, by route.',
    labelNames: [
      'http_request_method',
      'http_route',
      'http_response_status_code',
      'url_scheme',
      'error_type',
    ],
    buckets: REQUEST_SECONDS,
  })
  readGauge(
    registry,
    {
      name: 'http_server_active_requests',
      help: 'Requests whose responses are not complete; streams are not among them.',
      labelNames: ['http_request_method', 'url_scheme'],
    },
    () =>
      [...active].map(([method, count]) => [
        { http_request_method: method, url_scheme: scheme },
        count,
      ]),
  )

  return {
    watch(request, response) {
      const begun = performance.now()
      const method = knownMethod(request.method)
      active.set(method, (active.get(method) ?? 0) + 1)
      let isOver = false
      const end = (isComplete: boolean) => {
        if (isOver) return
        isOver = true
        active.set(method, (active.get(method) ?? 1) - 1)
        const { statusCode, headersSent } = response
        const failure = statusCode >= 500 ? String(statusCode) : undefined
        durations(
          {
            http_request_method: method,
            url_scheme: scheme,
            http_route: routeOf(request),
            http_response_status_code: headersSent ? knownStatus(statusCode) : undefined,
            error_type: isComplete ? failure : 'aborted',
          },
          performance.now() - begun,
        )
      }
      response.once('prefinish', () => end(true))
      response.once(STREAMS, () => end(true))
      response.once('close', () => end(false))
    },
  }
}

const methods = new Set([
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'TRACE',
])

/** The method, or `_OTHER` for what HTTP itself does not name. */
export const knownMethod = (method = '') => (methods.has(method) ? method : '_OTHER')

/** A status that has a name; others as one. */
export const knownStatus = (status: number) => (status in STATUS_CODES ? String(status) : 'other')
