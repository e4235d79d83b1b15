import type { IncomingMessage } from 'node:http'
import { listProcedures } from '@galley/api/procedures'
import type { AnyTRPCRouter } from '@trpc/server'
import fastifyPlugin from 'fastify-plugin'
import { pathOf } from '../paths.ts'
import type { WebBuild } from '../web-build.ts'

const patterns = new WeakMap<IncomingMessage, string>()

/** The route that Fastify found for a request, as it is declared; nothing where it found none, or routes are not kept. */
export const patternOf = (request: IncomingMessage): string | undefined => patterns.get(request)

export const keepPattern = (request: IncomingMessage, pattern: string | undefined): void => {
  if (pattern !== undefined) patterns.set(request, pattern)
}

/** Keeps the route of each request: before all hooks that may refuse it. */
export const requestRoutes = fastifyPlugin(
  (app, _options, done) => {
    app.addHook('onRequest', (request, _reply, next) => {
      if (!request.is404) keepPattern(request.raw, request.routeOptions.url)
      next()
    })
    done()
  },
  { name: 'request-routes', fastify: '5.x' },
)

/** What a request asks for: one of a closed set, or nothing. */
export type RouteOf = (request: IncomingMessage) => string | undefined

type Options = {
  router: AnyTRPCRouter
  files: ReadonlySet<string>
  pageRouteOf?: WebBuild['pageRouteOf'] | undefined
}

const PAGES = '/*'
const CALLS = '/trpc/:path'

/**
 * Names what a request asks for by one of a closed set: a route as it is declared, the procedure of a single call, the route of a page, one
 * name for all files; nothing where there is none.
 */
export function createRouteNames({ router, files, pageRouteOf }: Options): RouteOf {
  const procedures = new Set(listProcedures(router).map(({ path }) => `/trpc/${path}`))
  return (request) => {
    const { url = '' } = request
    const pattern = patterns.get(request)
    const path = pathOf(url)
    if (files.has(path)) return '/{file}'
    if (pattern === PAGES) return pageRouteOf?.(url) ?? PAGES
    return pattern === CALLS && procedures.has(path) ? path : pattern
  }
}
