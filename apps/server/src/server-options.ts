import { createServer, type RequestListener } from 'node:http'
import type { FastifyHttpOptions, RawServerDefault } from 'fastify'
import type { Logger } from 'pino'
import { trustOf, requestIdOf } from './request-headers.ts'
import type { Env } from './env.ts'
import { createClientErrorHandler } from './errors/send-refusal.ts'
import type { CreateRefusal } from './errors/refusal.ts'
import { createUnroutableReply } from './errors/reply.ts'
import { httpsOnly } from './https-only.ts'
import { limitConnections } from './load-shedding/connections.ts'
import type { Gate } from './load-shedding/gate.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { RouteOf } from './metrics/request-route.ts'
import { limitBodies } from './load-shedding/slow-senders.ts'
import { RequestLog } from './log/request-log.ts'
import { acceptUpgrades, isUpgrade } from './routes/sockets/upgrades.ts'
import { traceIdOf, traceRequests } from './tracing/requests.ts'

/** What hears of requests, where they are measured or traced. */
type Watching = { refusals?: Metrics['refusals'] | undefined; routeOf?: RouteOf | undefined }

const KB = 1024
const SECOND = 1000
const MINUTE = 60 * SECOND

/**
 * Of the body of a call: has room for an article of 100,000 characters with all its fields at their limits, each
 * character written as two `\u` escapes of six bytes.
 */
export const CALL_BODY_LIMIT = 1280 * KB

/** Of all other bodies, and where nobody is signed in: more than any public procedure needs. */
export const SMALL_BODY = 32 * KB

/** A page that is compressed, measured and traced has one more than Node takes for a leak. */
const MOST_LISTENERS = 20

const connectionOptions = {
  maxHeaderSize: 16 * KB,
  headersTimeout: 10 * SECOND,
  requestTimeout: 15 * MINUTE, // of uploads; other bodies are cut off by `limitBodies`
  connectionsCheckingInterval: 2 * SECOND,
  keepAliveTimeout: 65 * SECOND, // longer than what proxies keep idle connections for
  shouldUpgradeCallback: isUpgrade,
}

/**
 * How much and for how long this server listens to anybody. The head of a request must have arrived after 10 s (Node looks
 * every 2 s), its body 15 s later, or it gets 408; how long a response may take, the plugin `deadline` decides.
 */
export function serverOptions(
  env: Pick<
    Env,
    'NODE_ENV' | 'PUBLIC_ORIGIN' | 'TRUST_PROXY' | 'MAX_CONNECTIONS' | 'MAX_CONNECTIONS_PER_ADDRESS'
  >,
  logger: Logger,
  gate: Pick<Gate, 'guard' | 'connected'>,
  createRefusal: CreateRefusal,
  { refusals, routeOf }: Watching = {},
): FastifyHttpOptions<RawServerDefault, Logger> {
  const isProxy = trustOf(env.TRUST_PROXY)
  const onRefused = (count: number) => {
    refusals?.connections(count)
    logger.warn({ refused: count }, 'connections refused: too many are open')
  }
  const onlyHttps = httpsOnly(env, createRefusal, {
    onInsecure: () => refusals?.insecure(),
    report: (count) => logger.warn({ count }, 'requests came by http: sent to https, or refused'),
  })
  return {
    loggerInstance: logger,
    logController: new RequestLog(),
    genReqId: requestIdOf,
    childLoggerFactory: (parent, bindings, options, rawRequest) =>
      parent.child({ ...bindings, traceId: traceIdOf(rawRequest) }, options),
    trustProxy: env.TRUST_PROXY.length > 0 ? isProxy : false,

    bodyLimit: SMALL_BODY,
    serverFactory(listener) {
      const served = onlyHttps(traceRequests(gate.guard, listener, routeOf))
      const guarded: RequestListener = (request, response) => {
        response.setMaxListeners(MOST_LISTENERS)
        served(request, response)
      }
      const server = limitBodies(createServer(connectionOptions, guarded))
      return limitConnections(acceptUpgrades(server, guarded), { ...env, isProxy, onRefused })
        .setTimeout(30 * SECOND)
        .on('connection', gate.connected)
    },
    routerOptions: { maxParamLength: 8 * KB },

    return503OnClosing: false, // what arrives while others finish is still served
    exposeHeadRoutes: true,
    frameworkErrors: createUnroutableReply(createRefusal),
    clientErrorHandler: createClientErrorHandler(createRefusal),
  }
}
