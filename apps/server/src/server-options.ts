import { createServer } from 'node:http'
import type { FastifyHttpOptions, RawServerDefault } from 'fastify'
import type { Logger } from 'pino'
import type { Env } from './env.ts'
import { answerUnroutable } from './errors/answer.ts'
import { answerClientError } from './errors/client-error.ts'
import type { Gate } from './load-shedding/gate.ts'
import { RequestLog } from './log/request-log.ts'
import { requestIdOf, traceIdOf } from './trace.ts'

const KB = 1024
const SECOND = 1000

/**
 * Of the body of a call: has room for an article of 100,000 characters with all its fields at their limits, each
 * character written as two `\u` escapes of six bytes.
 */
export const CALL_BODY_LIMIT = 1280 * KB

const connectionOptions = {
  maxHeaderSize: 16 * KB,
  headersTimeout: 10 * SECOND,
  requestTimeout: 15 * SECOND,
  connectionsCheckingInterval: 2 * SECOND,
  keepAliveTimeout: 65 * SECOND, // longer than what proxies keep idle connections for
}

/**
 * How much and for how long this server listens to anybody. A request must have arrived after 15 s, its head after
 * 10 s (Node looks every 2 s), or it gets 408; how long an answer may take, the plugin `deadline` says.
 */
export function serverOptions(
  { TRUST_PROXY }: Pick<Env, 'TRUST_PROXY'>,
  logger: Logger,
  gate: Pick<Gate, 'guard' | 'connected'>,
): FastifyHttpOptions<RawServerDefault, Logger> {
  return {
    loggerInstance: logger,
    logController: new RequestLog(),
    genReqId: requestIdOf,
    childLoggerFactory: (parent, bindings, options, rawRequest) =>
      parent.child({ ...bindings, traceId: traceIdOf(rawRequest) }, options),
    trustProxy: TRUST_PROXY.length > 0 ? TRUST_PROXY : false,

    bodyLimit: 64 * KB,
    serverFactory: (listener) =>
      createServer(connectionOptions, gate.guard(listener))
        .setTimeout(30 * SECOND)
        .on('connection', gate.connected),
    routerOptions: { maxParamLength: 8 * KB },

    return503OnClosing: false, // what arrives while others finish is still served
    exposeHeadRoutes: true,
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerClientError,
  }
}
