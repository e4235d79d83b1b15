import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CallMeter } from '@galley/api/ctx'
import { CONTRACT_HEADER, contractHeader } from '@galley/contract/skew'
import { plainAddress } from '@galley/limits/address'
import proxyAddr from '@fastify/proxy-addr'
import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import type { Env } from './env.ts'
import { hideTokens } from './log/request-log.ts'
import { keepPattern, patternOf } from './metrics/request-route.ts'
import { pathOf } from './paths.ts'
import { isHost, keepAddresses, requestIdOf, trustOf } from './request-headers.ts'
import { isKnown } from './routes/rest/etag.ts'
import type { PublicAnswer, PublicReadCache } from './public-reads.ts'
import type { SecurityHeaders } from './security-headers.ts'
import { traceIdOf } from './tracing/requests.ts'

/** A public answer in the form of one transport. */
export type ReadyAnswer = Pick<PublicAnswer, 'etag' | 'body' | 'ageNow'> & {
  /** The procedure that it is of. */
  procedure: string
  /** Its own: not those that every response has. */
  headers: { 'content-type': string } & Record<string, string>
}

/** Responses to what was asked for before, sent in front of Fastify. */
export type ReadyAnswers = {
  /** Sends the response that is ready for this request and returns true; false where Fastify has to look at it. */
  send(request: IncomingMessage, response: ServerResponse): boolean
  /** Call with a request that Fastify's hooks let pass, and what it gets. */
  keep(request: IncomingMessage, answer: ReadyAnswer): void
  /** Ends it, since the responses of a server that closes are others. */
  stop(): void
}

type Ready = ReadyAnswer & {
  path: string
  head: string[]
  headOf304: string[]
  pattern: string | undefined
}

type Options = {
  env: Pick<Env, 'TRUST_PROXY'>
  publicReads: Pick<PublicReadCache, 'reserve'>
  logger: Logger
  securityHeaders: SecurityHeaders
  meter?: CallMeter | undefined
}

/**
 * A request gets here what Fastify sent to one before it at the same address, byte for byte of the address, while that is
 * current. What carries anything that Fastify's hooks look at is left to them.
 */
export function createReadyAnswers({
  env,
  publicReads,
  logger,
  securityHeaders,
  meter,
}: Options): ReadyAnswers {
  const isProxy = trustOf(env.TRUST_PROXY)
  const contract = contractHeader()
  const answers: LRUCache<string, Ready> = new LRUCache({
    maxSize: publicReads.reserve(() => answers.calculatedSize),
    // The body is kept beside the value that it was made of.
    sizeCalculation: ({ body, head }, url) =>
      2 * (body.length + url.length) + 4 * head.join().length,
  })
  let isStopped = false

  return {
    send(request, response) {
      const { url = '', headers } = request
      const answer = isStopped ? undefined : answers.get(url)
      if (!answer || !isPlain(request)) return false
      const age = answer.ageNow()
      if (age === undefined) {
        answers.delete(url)
        return false
      }
      const begun = performance.now()
      keepPattern(request, answer.pattern)
      logWhenOut(request, response, { path: answer.path, begun })
      if (isKnown(answer.etag, headers['if-none-match'])) {
        response.writeHead(304, [...answer.headOf304, 'age', String(age)]).end()
      } else {
        response.writeHead(200, [...answer.head, 'age', String(age)]).end(answer.body)
      }
      meter?.ended(answer.procedure, performance.now() - begun)
      return true
    },
    keep(request, answer) {
      const { url = '' } = request
      if (isStopped || !isPlain(request)) return
      const { etag, body } = answer
      const { 'content-type': type, ...others } = answer.headers
      const headOf304 = Object.entries({
        ...securityHeaders.headersFor(url),
        [CONTRACT_HEADER]: contract,
        ...others,
        etag,
      }).flat()
      const head = [...headOf304, 'content-type', type, 'content-length', String(body.length)]
      const pattern = patternOf(request)
      answers.set(url, { ...answer, path: hideTokens(pathOf(url)), head, headOf304, pattern })
    },
    stop() {
      isStopped = true
      answers.clear()
    },
  }

  /** The line that `RequestLog` writes of other requests. */
  function logWhenOut(
    request: IncomingMessage,
    response: ServerResponse,
    { path, begun }: { path: string; begun: number },
  ) {
    const ip = addressOf(request) // a socket that is gone has none
    response.once('close', () => {
      const line = {
        requestId: requestIdOf(request),
        traceId: traceIdOf(request),
        method: request.method,
        path,
        status: response.statusCode,
        ms: Math.round((performance.now() - begun) * 10) / 10,
        ip,
      }
      if (response.writableFinished) logger.info(line, 'request')
      else logger.warn(line, 'request broke off')
    })
  }

  function addressOf(request: IncomingMessage): string {
    if (env.TRUST_PROXY.length === 0) return plainAddress(request.socket.remoteAddress ?? '') ?? ''
    keepAddresses(request.headers)
    return plainAddress(proxyAddr(request, isProxy) ?? '') ?? ''
  }
}

/** What a request may bring that changes the response, or that some hook refuses. */
const special = [
  'authorization',
  'content-length',
  'content-type',
  'cookie',
  'expect',
  'if-modified-since',
  'origin',
  'transfer-encoding',
  'trpc-accept',
]

const isPlain = ({ method, headers }: IncomingMessage) =>
  method === 'GET' &&
  isHost(headers.host) &&
  headers.accept?.includes('jsonl') !== true &&
  special.every((name) => headers[name] === undefined)
