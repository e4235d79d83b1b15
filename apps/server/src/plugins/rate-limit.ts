import { addressKey } from '@galley/auth/address'
import type { Allowance } from '@galley/core/ctx'
import { AppError } from '@galley/core/errors'
import fastifyPlugin from 'fastify-plugin'
import { WINDOW_SECONDS, type RateLimiter } from '../rate-limiter.ts'

declare module 'fastify' {
  interface FastifyInstance {
    rateLimiter: RateLimiter
  }
  interface FastifyRequest {
    /** Whose allowance is charged: the address until the session says who it is. */
    allowanceKey: string
  }
  interface FastifyReply {
    /**
     * Takes `cost` units from the caller's allowance and says so in the headers of
     * draft-ietf-httpapi-ratelimit-headers. Throws `request/rate-limited` when the allowance is used up.
     */
    charge(cost: number, allowance?: Allowance): Promise<void>
  }
}

/** Makes the limiter available; tRPC charges each call, the routes for people charge each page. */
export const rateLimit = fastifyPlugin(
  (app, { limiter }: { limiter: RateLimiter }, done) => {
    app.decorate('rateLimiter', limiter)
    app.decorateRequest('allowanceKey', '')
    app.addHook('onRequest', (request, _reply, next) => {
      request.allowanceKey = addressKey(request.ip)
      next()
    })
    app.decorateReply('charge', async function (cost) {
      const { allowed, remaining, resetSeconds } = await limiter.charge(
        this.request.allowanceKey,
        cost,
      )
      this.header('ratelimit-policy', `"calls";q=${limiter.quota};w=${WINDOW_SECONDS}`)
      this.header('ratelimit', `"calls";r=${remaining};t=${resetSeconds}`)
      if (!allowed) throw new AppError('request/rate-limited', { retryAfterSeconds: resetSeconds })
    })
    done()
  },
  { name: 'rate-limit', fastify: '5.x' },
)
