import { appRouter } from '@galley/api/root'
import { isTracing } from '@galley/tracing/span'
import type { AnyTRPCRouter } from '@trpc/server'
import { fastify } from 'fastify'
import type { Logger } from 'pino'
import type { Deps } from './deps.ts'
import type { Env } from './env.ts'
import { createRefusals } from './errors/refusal.ts'
import { createGate, loadShedding } from './load-shedding/gate.ts'
import { authenticate } from './plugins/authenticate.ts'
import type { Metrics } from './metrics/metrics.ts'
import { createRouteNames, requestRoutes } from './metrics/request-route.ts'
import { bodies } from './plugins/bodies.ts'
import { contractVersion, security } from './plugins/response-headers.ts'
import { cookies } from './plugins/cookies.ts'
import { cors } from './plugins/cors.ts'
import { csrf } from './plugins/csrf.ts'
import { deadline } from './plugins/deadline.ts'
import { drain, health } from './plugins/health.ts'
import { errors, notFound } from './plugins/errors.ts'
import { ownWrites } from './plugins/own-writes.ts'
import { publicAnswers } from './plugins/public-answers.ts'
import { rateLimit } from './plugins/rate-limit.ts'
import { requestGuards } from './plugins/request-guards.ts'
import { requestId } from './plugins/request-id.ts'
import { settings } from './plugins/settings.ts'
import { streams } from './plugins/streams.ts'
import { forms } from './routes/forms.ts'
import { identities } from './routes/identities.ts'
import { authTokens, signingKeys } from './routes/auth-tokens.ts'
import { mediaFiles } from './routes/media/serve.ts'
import { mediaUpload } from './routes/media/upload.ts'
import { openApi } from './routes/documents.ts'
import { problems } from './routes/problems.ts'
import { reference } from './routes/reference.ts'
import { rest } from './routes/rest.ts'
import { sockets } from './routes/sockets.ts'
import { trpc } from './routes/trpc.ts'
import { unsubscribe } from './routes/unsubscribe.ts'
import { web } from './routes/web.ts'
import { createReadyAnswers } from './ready-answers.ts'
import { createSecurityHeaders } from './security-headers.ts'
import { serverOptions } from './server-options.ts'
import { requestSpans } from './tracing/requests.ts'
import { filePathsOf, type WebBuild } from './web-build.ts'

export type AppOptions = {
  env: Pick<
    Env,
    | 'NODE_ENV'
    | 'PUBLIC_ORIGIN'
    | 'CORS_ORIGINS'
    | 'TRUST_PROXY'
    | 'MAX_CONNECTIONS'
    | 'MAX_CONNECTIONS_PER_ADDRESS'
    | 'MAX_IN_FLIGHT'
    | 'HSTS_INCLUDE_SUBDOMAINS'
    | 'SHUTDOWN_DRAIN_MS'
  >
  deps: Deps
  logger: Logger
  /** The built pages; without them (development: Vite serves them) every other address is 404. */
  webBuild?: WebBuild
  /** The procedures that are served under `/trpc` and `/api/v1`; all of Galley's unless a test adds its own. */
  router?: AnyTRPCRouter
  /** Measures requests and calls. */
  metrics?: Metrics | undefined
}

/** The request pipeline, in the order in which a request meets it. */
export async function buildApp(options: AppOptions) {
  const { env, deps, logger, webBuild, router = appRouter, metrics } = options
  const uploadOrigin = deps.domain.storage.presignedOrigin
  const securityHeaders = await createSecurityHeaders({ ...env, uploadOrigin })
  const createRefusal = createRefusals(env, securityHeaders)
  const { publicReads, replicas } = deps
  const readyAnswers =
    publicReads &&
    createReadyAnswers({ env, logger, securityHeaders, publicReads, meter: metrics?.calls })
  const files = webBuild && filePathsOf(webBuild)
  const routeOf =
    metrics || isTracing()
      ? createRouteNames({ router, files: files ?? new Set(), pageRouteOf: webBuild?.pageRouteOf })
      : undefined
  const gate = createGate(env, createRefusal, {
    files,
    sendReady: readyAnswers?.send,
    watch: routeOf && metrics?.http(routeOf).watch,
  })
  metrics?.readGate(gate)
  const app = fastify(
    serverOptions(env, logger, gate, createRefusal, { refusals: metrics?.refusals, routeOf }),
  )

  // Before all: what is ready, and else no more at once than can be served in time
  await app.register(loadShedding, { gate })
  if (routeOf) await app.register(requestRoutes)
  await app.register(settings, { settings: deps.domain.settings, listen: deps.listen })
  await app.register(publicAnswers, { ...deps, readyAnswers, meter: metrics?.calls })
  // 0. The one error handler: it serves what is registered after it
  await app.register(errors, env)
  // 1. Headers of every response; who may call from elsewhere
  await app.register(security, securityHeaders)
  await app.register(cors, env)
  await app.register(contractVersion)
  // 2. Request id and log; what is refused unseen
  await app.register(requestId)
  await app.register(requestSpans)
  await app.register(deadline)
  await app.register(streams, deps)
  await app.register(drain, { ...env, streams: deps.domain.live })
  await app.register(requestGuards)
  await app.register(cookies, env)
  await app.register(csrf, env)
  await app.register(notFound, { hasPages: webBuild !== undefined })
  // 3. Rate limit, then who calls, then how much of a body is taken (the scopes below run it; static files and health need neither)
  await app.register(rateLimit, { limiter: deps.rateLimiter })
  if (replicas) await app.register(ownWrites, { ...env, ...deps, replicas })
  await app.register(authenticate, {
    deps: deps.domain,
    publicReads,
    replicas,
    meter: metrics?.calls,
  })
  await app.register(bodies)
  // 4. Routes: permissions, validation and handlers are the procedures'
  await app.register(health, deps)
  await app.register(trpc, { prefix: '/trpc', router })
  await app.register(sockets, { prefix: '/trpc', router, ...env })
  await app.register(identities, { prefix: '/auth' })
  await app.register(forms, { prefix: '/forms' })
  await app.register(unsubscribe)
  await app.register(rest, { prefix: '/api/v1', router })
  await app.register(mediaUpload, { prefix: '/api/v1' })
  await app.register(openApi, { prefix: '/api/v1' })
  await app.register(authTokens, { prefix: '/api/v1/auth' })
  await app.register(problems, { prefix: '/api/problems' })
  await app.register(signingKeys, { deps: deps.domain })
  await app.register(reference, { prefix: '/api' })
  await app.register(mediaFiles, { prefix: '/media' })
  if (webBuild) {
    const { domain, publicReads } = deps
    await app.register(web, { webBuild, deps: domain, publicReads, ...securityHeaders })
  }
  return app
}
