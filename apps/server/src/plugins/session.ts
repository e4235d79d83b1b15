import { addressKey } from '@galley/auth/address'
import type { Actor, AppDeps, Cookies, Ctx } from '@galley/core/ctx'
import { AppError } from '@galley/core/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { WINDOW_SECONDS } from '../rate-limiter.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** An `onRequest` hook for the scopes that need to know who calls; sets `request.ctx`. */
    authenticate(request: FastifyRequest, reply: FastifyReply): Promise<void>
  }
  interface FastifyRequest {
    /** The context of every call that this request makes. Only where the scope runs `authenticate`. */
    ctx: Ctx
  }
}

/** Who calls, by the session cookie; built once a request, for tRPC and for pages. */
export const session = fastifyPlugin(
  (app, { deps }: { deps: AppDeps }, done) => {
    app.decorateRequest('ctx')
    app.decorate('authenticate', async (request, reply) => {
      const cookies = app.cookiesOf(reply)
      const actor = await findActor(request, cookies)
      if (actor.kind === 'user') request.allowanceKey = `user:${actor.user.id}`
      request.ctx = {
        ...deps,
        jobs: deps.jobs.forRequest(request.id),
        actor,
        log: request.log,
        requestId: request.id,
        client: request.client,
        cookies,
        now: () => new Date(),
        charge: (cost, allowance) => reply.charge(cost, allowance),
      }
    })
    done()

    async function findActor(request: FastifyRequest, cookies: Cookies): Promise<Actor> {
      const token = cookies.get('session')
      if (token === undefined) return { kind: 'anonymous' }
      // Made-up tokens cost a look-up each: an address that sends them is stopped before the database.
      const forgeries = `forgeries:${addressKey(request.ip)}`
      if (await app.rateLimiter.isUsedUp(forgeries)) {
        throw new AppError('request/rate-limited', { retryAfterSeconds: WINDOW_SECONDS })
      }
      const found = await deps.sessions.validate(token)
      if (!found) {
        cookies.clear('session')
        await app.rateLimiter.charge(forgeries, 1)
        return { kind: 'anonymous' }
      }
      if (found.renewed) cookies.set('session', token, found.session.expiresAt)
      const { id: sessionId, authenticatedAt } = found.session
      return {
        kind: 'user',
        user: found.user,
        via: { kind: 'session', sessionId, authenticatedAt },
      }
    }
  },
  { name: 'session', fastify: '5.x', dependencies: ['cookies', 'rate-limit'] },
)
