import type { Allowance } from '@galley/api/ctx'
import { AppError } from '@galley/platform/errors'
import { addressKey } from '@galley/limits/address'
import type { Caller, RateLimiter, RateLimitStatus } from '@galley/limits/rate-limiter'
import fastifyPlugin from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyInstance {
    rateLimiter: RateLimiter
  }
  interface FastifyRequest {
    /** Who is charged: the address alone until it is known who calls. */
    caller: Caller
    /** What this request has left of each allowance that it was charged to, by name. */
    rateLimits: Map<string, RateLimitStatus>
  }
  interface FastifyReply {
    /**
     * Takes `cost` units from the caller's allowance, or from the named one, and says so in the headers of
     * draft-ietf-httpapi-ratelimit-headers. Throws `request/rate-limited` when the allowance is used up.
     */
    charge(cost: number, allowance?: Allowance): Promise<void>
  }
}

/** Makes the limiter available; tRPC charges each call, the routes for people charge each page. */
export const rateLimit = fastifyPlugin(
  (app, { limiter }: { limiter: RateLimiter }, done) => {
    app.decorate('rateLimiter', limiter)
    app.decorateRequest('caller')
    app.decorateRequest('rateLimits')
    app.addHook('onRequest', (request, _reply, next) => {
      request.caller = { address: addressKey(request.ip) }
      request.rateLimits = new Map()
      next()
    })
    app.decorateReply('charge', async function (cost, allowance) {
      const { caller, rateLimits } = this.request
      const status = allowance
        ? await limiter.chargeAllowance(caller, allowance, cost)
        : await limiter.chargeCall(caller, cost)
      keepLowest(rateLimits, status)
      const charged = [...rateLimits.values()]
      this.header('ratelimit-policy', charged.map(toPolicyItem).join(', '))
      this.header('ratelimit', charged.map(toItem).join(', '))
      if (status.allowed) return
      throw new AppError('request/rate-limited', { retryAfterSeconds: status.resetSeconds })
    })
    done()
  },
  { name: 'rate-limit', fastify: '5.x' },
)

// The calls of a batch are charged side by side, and may end in any order.
function keepLowest(rateLimits: Map<string, RateLimitStatus>, status: RateLimitStatus) {
  const known = rateLimits.get(status.policy.name)
  if (known && known.remaining < status.remaining) return
  rateLimits.set(status.policy.name, status)
}

const toPolicyItem = ({ policy }: RateLimitStatus) =>
  `"${policy.name}";q=${policy.quota};w=${policy.windowSeconds}`

const toItem = ({ policy, remaining, resetSeconds }: RateLimitStatus) =>
  `"${policy.name}";r=${remaining};t=${resetSeconds}`
