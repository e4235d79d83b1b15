import { listProcedures } from '@galley/api/procedures'
import { appRouter } from '@galley/api/root'
import { AppError } from '@galley/platform/errors'
import { refuseInMaintenance } from '@galley/platform/settings/served'
import { inputIn, trpcFastify } from '@galley/trpc-fastify'
import type { AnyTRPCRouter } from '@trpc/server'
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { retryAfterHeader } from '../errors/refusal.ts'
import { checkJson } from '../json/check-json.ts'
import { decodeUtf8 } from '../json/encoding.ts'
import { leaveOutSender, SHAREABLE } from '../plugins/public-answers.ts'
import { CALL_BODY_LIMIT } from '../server-options.ts'
import { isKnown } from './rest/etag.ts'

const MB = 1024 * 1024

/**
 * tRPC in a scope of its own: its plugin replaces the JSON parser of the scope. The limit of a response has room for a
 * batch of articles of 100,000 characters.
 */
export const trpc: FastifyPluginCallback<{ router?: AnyTRPCRouter }> = (
  app,
  { router = appRouter },
  done,
) => {
  const calls = createCallChecks(router)
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('cache-control', 'no-store')
    if (request.method === 'GET' || request.method === 'POST') return next()
    reply.header('allow', 'GET, POST')
    next(new AppError('route/method-not-allowed'))
  })
  app.addHook('onRequest', (request, reply, next) => {
    const call = publicCallOf(request)
    const answer = call && app.publicAnswerTo(request, call.path, call.input)
    if (!answer) return next()
    const body = Buffer.concat([RESULT_BEGINS, answer.body, RESULT_ENDS])
    app.sendPublicAnswer(reply, {
      ...answer,
      procedure: call.path,
      etag: withoutVersion(answer.etag),
      body,
      headers: { 'content-type': 'application/json', vary: SHARED_VARY },
    })
  })
  app.addHook('onRequest', app.authenticate)
  app.addHook('preParsing', async ({ trpcCalls }, reply, payload) =>
    app.meterBody(reply, payload, trpcCalls.paths.some(calls.needsSignIn)),
  )
  app.addHook('preValidation', async (request, reply) => {
    try {
      calls.check(request)
    } catch (error) {
      await reply.charge(1)
      throw error
    }
    const unknown = calls.countUnknown(request.trpcCalls.paths)
    // Known ones are charged one by one, as they run.
    if (unknown > 0) await reply.charge(unknown)
    if (request.trpcCalls.paths.some(calls.isStream)) takeStream(request, reply)
  })
  // tRPC's own Vary replaces the one that CORS has set.
  app.addHook('onSend', (request, reply, payload, next) => {
    if (payload instanceof Response && isEventStream(payload)) reply.holdOpen()
    const shared = isNewPublicAnswer(request, reply) && app.sharedHeadersOf(request)
    if (shared) reply.headers({ ...shared, etag: withoutVersion(shared.etag) })
    const isShared = reply.getHeader('cache-control') === SHAREABLE
    if (isShared) leaveOutSender(reply)
    // What `RateLimit` names is described to who is refused: it is the same at each call.
    else if (reply.statusCode === 200) reply.removeHeader('ratelimit-policy')
    reply.header('vary', isShared ? SHARED_VARY : VARY)
    if (!shared || !isKnown(withoutVersion(shared.etag), request.headers['if-none-match'])) {
      return next()
    }
    reply.code(304).removeHeader('content-type')
    next(null, null)
  })
  app.register(trpcFastify<AnyTRPCRouter>, {
    router,
    maxBatchSize: MAX_BATCH_SIZE,
    createContext: ({ ctx }) => ctx,
    errorHeaders: (errors) => retryAfterHeader(errors.map(({ cause }) => cause)),
    // Calls log their own errors; what is left went wrong around them.
    onError({ error, ctx }) {
      if (error.code !== 'INTERNAL_SERVER_ERROR' || error.cause instanceof AppError) return
      ctx?.log.error({ err: error }, 'tRPC failed outside a call')
    },
    bodyLimit: CALL_BODY_LIMIT,
    responseLimit: 32 * MB,
    decodeBody: decodeUtf8,
  })
  done()

  // Before tRPC, whose streams say what is wrong with a status of 200.
  function takeStream({ ctx, caller, method }: FastifyRequest, reply: FastifyReply) {
    const { raw } = reply
    if (method !== 'GET') {
      reply.header('allow', 'GET')
      throw new AppError('route/method-not-allowed')
    }
    refuseInMaintenance(ctx, ctx.actor)
    app.checkStreams(caller)
    ctx.stream = { open: () => app.openStream(caller), cut: () => raw.destroy() }
  }

  function isNewPublicAnswer(request: FastifyRequest, reply: FastifyReply) {
    if (reply.statusCode !== 200 || reply.hasHeader('set-cookie')) return false
    return calls.isPublicRead(publicCallOf(request)?.path)
  }
}

const isEventStream = ({ headers }: Response) => headers.get('content-type') === 'text/event-stream'

/** Of what nobody keeps: no cache chooses by its `Accept`. */
const VARY = 'origin'
const SHARED_VARY = 'trpc-accept, accept, origin, authorization, cookie'
const RESULT_BEGINS = Buffer.from('{"result":{"data":')
const RESULT_ENDS = Buffer.from('}}')

// Of the data alone, as a result around it has no version.
const withoutVersion = (etag: string) => etag.replace(/^"\d+\./, '"')

/** One call, written as our clients do and nobody needs to do otherwise; what differs at all takes the long way. */
function publicCallOf({ raw, headers }: FastifyRequest) {
  if (headers['trpc-accept'] !== undefined || headers.accept?.includes('jsonl')) return undefined
  const { url = '' } = raw
  const [, path] = /^\/trpc\/([\w.]+)(?:\?input=[^&#]+)?$/.exec(url) ?? []
  if (path === undefined) return undefined
  const json = inputIn(url)
  if (json === null) return { path, input: undefined }
  try {
    checkJson(json)
    return { path, input: JSON.parse(json) as unknown }
  } catch {
    return undefined // the call itself says what is wrong
  }
}

const MAX_BATCH_SIZE = 10

/** Calls that cost much and serve a guesser when sent by the dozen: one of a kind in a batch. */
const onceInBatch = ['sessions.create', 'users.create']

/** What is known of the calls of a request before they run, by the procedures of a router. */
function createCallChecks(router: AnyTRPCRouter) {
  const procedures = new Map(
    listProcedures(router).map((procedure) => [procedure.path, procedure] as const),
  )
  const typeOf = (path: string) => procedures.get(path)?.type
  return {
    /** Refuses what tRPC would take, and says why where tRPC would not. */
    check(request: FastifyRequest) {
      const { isBatch, paths } = request.trpcCalls
      if (paths.length > MAX_BATCH_SIZE) throw new AppError('batch/too-large')
      if (onceInBatch.some((once) => paths.filter((path) => path === once).length > 1)) {
        throw new AppError('batch/repeated-call')
      }
      if (new Set(paths.map(typeOf).filter((type) => type !== undefined)).size > 1)
        throw new AppError('batch/mixed')
      if (isStreamedMutation(request)) throw new AppError('batch/mutation-streamed')
      const json = inputOf(request)
      if (json) checkJson(json, isBatch ? 1 : 0)
    },
    isStream: (path: string) => typeOf(path) === 'subscription',
    isPublicRead: (path = '') => procedures.get(path)?.meta.publicRead === true,
    countUnknown: (paths: string[]) => paths.filter((path) => typeOf(path) === undefined).length,
    needsSignIn(path: string) {
      const meta = procedures.get(path)?.meta
      return meta !== undefined && meta.access !== 'public'
    },
  }
}

// The head of a streamed response leaves before the calls run, so none of them could set a cookie.
function isStreamedMutation({ method, headers }: FastifyRequest) {
  const accepted = `${String(headers['trpc-accept'])},${headers.accept}`
  return method === 'POST' && accepted.includes('application/jsonl')
}

function inputOf({ method, body, trpcCalls }: FastifyRequest) {
  if (method === 'GET') return trpcCalls.input
  return typeof body === 'string' ? body : null
}
