import { Scope } from '@galley/contract/scopes'
import { userActor } from '@galley/platform/actor'
import type { AppDeps, CallMeter, CallRecord, Cookies, RequestCtx } from '@galley/api/ctx'
import type { Actor } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { refuseInMaintenance } from '@galley/platform/settings/served'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { isOpenInMaintenance } from '../paths.ts'
import type { Made, PublicReadCache } from '../public-reads.ts'
import type { ReplicaPool } from '../replica-reads.ts'
import { bearerTokenOf, isWithoutCredentials } from '../request-headers.ts'
import { traceparentOfRequest } from '../tracing/requests.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** An `onRequest` hook for the scopes that need to know who calls; sets `request.ctx`. */
    authenticate(request: FastifyRequest, reply: FastifyReply): Promise<void>
    /** The context of calls by the bearer of a token that came later than the head of its request. */
    authenticateAs(reply: FastifyReply, token: string): Promise<RequestCtx>
    /** The same where it does not matter: `request.ctx` is anonymous, whatever the request brings. */
    ignoreCredentials(request: FastifyRequest, reply: FastifyReply): Promise<void>
  }
  interface FastifyRequest {
    /** The context of every call that this request makes. Only where the scope runs one of the two. */
    ctx: RequestCtx
    /** What is known of the answer of its call, where that is the same for all who are signed out; of several, of one. */
    madeAnswer?: Made
    /** What was called and succeeded, as far as it goes. */
    calls?: CallRecord[]
  }
}

type Options = {
  deps: AppDeps
  publicReads?: Pick<PublicReadCache, 'readsFor'> | undefined
  replicas?: Pick<ReplicaPool, 'readsOf'> | undefined
  meter?: CallMeter | undefined
}

/** Who calls, by the session cookie or a bearer token; built once a request, for tRPC, REST and pages. */
export const authenticate = fastifyPlugin(
  (app, { deps, publicReads, replicas, meter }: Options, done) => {
    app.decorateRequest('ctx')
    app.decorateRequest('calls')
    app.decorateRequest('madeAnswer')
    app.decorate('authenticate', async (request, reply) => {
      const token = bearerTokenOf(request)
      const actor =
        token === undefined
          ? await findBySession(request, app.cookiesOf(reply))
          : await getByBearer(request, reply, token)
      if (actor.kind === 'user') request.caller.person = actor.user.id
      request.ctx = contextOf(reply, actor)
    })
    app.decorate('authenticateAs', async (reply, token) => {
      const { request } = reply
      const actor = await getByBearer(request, reply, token)
      request.caller.person = actor.user.id
      return contextOf(reply, actor)
    })
    app.decorate('ignoreCredentials', async (request, reply) => {
      request.ctx = contextOf(reply, { kind: 'anonymous' })
    })
    done()

    function contextOf(reply: FastifyReply, actor: Actor): RequestCtx {
      const { request } = reply
      if (!isOpenInMaintenance(request.url)) refuseInMaintenance(deps, actor)
      const calls: CallRecord[] = (request.calls = [])
      const traceparent = traceparentOfRequest(request.raw)
      return {
        ...deps,
        jobs: deps.jobs.forRequest({ requestId: request.id, traceparent }),
        actor,
        log: request.log,
        requestId: request.id,
        traceparent,
        onCall: (call) => void calls.push(call),
        meter,
        idempotencyKey: idempotencyKeyOf(request),
        client: request.client,
        cookies: app.cookiesOf(reply),
        now: () => new Date(),
        charge: (cost, allowance) => reply.charge(cost, allowance),
        publicReads: isWithoutCredentials(request)
          ? publicReads?.readsFor((answer) => (request.madeAnswer = answer))
          : undefined,
        replicas: replicas?.readsOf(actor, app.ownWriteOf(request)),
      }
    }

    async function findBySession(request: FastifyRequest, cookies: Cookies): Promise<Actor> {
      const token = cookies.get('session')
      if (token === undefined) return { kind: 'anonymous' }
      const found = await lookUp(request, () => deps.sessions.validate(deps.db, token))
      if (!found) {
        cookies.clear('session')
        return { kind: 'anonymous' }
      }
      if (found.renewed) cookies.set('session', token, found.session.expiresAt)
      const { id: sessionId, authenticatedAt } = found.session
      const via = { kind: 'session', sessionId, authenticatedAt } as const
      return userActor(found.user, via, new Date())
    }

    // Never anonymous: a client would take the responses for those to its own user (RFC 6750, 3.1).
    async function getByBearer(request: FastifyRequest, reply: FastifyReply, token: string) {
      const found = await lookUp(request, () => deps.bearerTokens.authenticate(token))
      if (!found) {
        reply.header('www-authenticate', 'Bearer error="invalid_token"')
        throw new AppError('token/invalid')
      }
      const { user, tokenId, claims } = found
      const scopes = new Set(Scope.options.filter((scope) => found.scopes.includes(scope)))
      return userActor(user, { kind: 'token', tokenId, scopes, claims }, new Date())
    }

    /**
     * A token that is no session's is an offence of its address, and refused once there were many: a look-up by key is
     * all that it costs. Those that are good pass, since others share the address.
     */
    async function lookUp<Found>(
      { caller: { address } }: FastifyRequest,
      find: () => Promise<Found | null>,
    ): Promise<Found | null> {
      const found = await find()
      if (found) return found
      if (app.rateLimiter.isOffender(address)) {
        throw new AppError('request/rate-limited', { retryAfterSeconds: 60 })
      }
      await app.rateLimiter.countOffence(address)
      return null
    }
  },
  { name: 'authenticate', fastify: '5.x', dependencies: ['cookies', 'rate-limit'] },
)

// Node joins a header that came twice with a comma, which no key has outside quotes.
function idempotencyKeyOf({ headers }: FastifyRequest) {
  const value = headers['idempotency-key']
  return Array.isArray(value) ? value.join(', ') : value
}
