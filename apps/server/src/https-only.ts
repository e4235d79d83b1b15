import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import proxyAddr from '@fastify/proxy-addr'
import { AppError } from '@galley/platform/errors'
import type { Env } from './env.ts'
import type { CreateRefusal } from './errors/refusal.ts'
import { isHealthPath } from './paths.ts'
import { requestIdOf, trustOf } from './request-headers.ts'
import { traceIdOf } from './tracing/requests.ts'

const REPORT_MS = 60_000

type HttpsOnlyEnv = Pick<Env, 'NODE_ENV' | 'PUBLIC_ORIGIN' | 'TRUST_PROXY'>

/**
 * Puts in front of a listener, in production and where people come over https: what a proxy of TRUST_PROXY says came by http
 * (`X-Forwarded-Proto`) is sent to https if it only reads, and is refused otherwise, since what it carries was seen by others (OWASP
 * TLS Cheat Sheet). Health, and what was sent on a proxy's own machine, is let through. Calls `onInsecure` for each, `report` at most once
 * a minute.
 */
export function httpsOnly(
  env: HttpsOnlyEnv,
  createRefusal: CreateRefusal,
  { onInsecure, report }: { onInsecure: () => void; report: (count: number) => void },
): (listener: RequestListener) => RequestListener {
  const isOn = env.NODE_ENV === 'production' && env.PUBLIC_ORIGIN.startsWith('https:')
  if (!isOn || env.TRUST_PROXY.length === 0) return (listener) => listener
  const isProxy = trustOf(env.TRUST_PROXY)
  const count = counter(report)

  return (listener) => (request, response) => {
    if (!saysHttp(request) || !isInsecure(request)) return listener(request, response)
    count()
    onInsecure()
    const { method, url = '' } = request
    if ((method === 'GET' || method === 'HEAD') && url.startsWith('/')) redirect(request, response)
    else refuse(request, response)
  }

  function isInsecure(request: IncomingMessage): boolean {
    if (!isProxy(request.socket.remoteAddress ?? '')) return false
    // All who brought it are proxies where nobody else sent it.
    return !isHealthPath(request.url ?? '') && !isProxy(proxyAddr(request, isProxy))
  }

  function redirect(request: IncomingMessage, response: ServerResponse) {
    response.writeHead(308, {
      location: env.PUBLIC_ORIGIN + request.url,
      'cache-control': 'no-store', // caches may not tell http from https
      'content-length': '0',
      'x-request-id': requestIdOf(request),
    })
    response.end()
  }

  function refuse(request: IncomingMessage, response: ServerResponse) {
    const about = {
      request,
      requestId: requestIdOf(request),
      traceId: traceIdOf(request),
      status: 403,
    }
    const { headers, body } = createRefusal(new AppError('request/insecure'), about)
    // By http it says nothing (RFC 6797, 7.2).
    const { 'strict-transport-security': _, ...others } = headers
    response.writeHead(403, { ...others, connection: 'close' }).end(body)
  }
}

/** One proxy after the other may have said it: what came by https to the first of them did. */
function saysHttp({ headers }: IncomingMessage): boolean {
  const said = headers['x-forwarded-proto']
  if (said === undefined || said === 'https') return false
  const words = [said].flat().join(',').toLowerCase().split(',')
  return words.every((word) => word.trim() === 'http')
}

/** Reports the first at once, and what a minute brought then. */
function counter(report: (count: number) => void): () => void {
  let count = 0
  let timer: NodeJS.Timeout | undefined
  return () => {
    count += 1
    if (timer) return
    report(count)
    count = 0
    timer = setTimeout(() => {
      timer = undefined
      if (count > 0) report(count)
      count = 0
    }, REPORT_MS).unref()
  }
}
