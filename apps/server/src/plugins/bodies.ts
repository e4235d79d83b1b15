import { Transform } from 'node:stream'
import { AppError } from '@galley/platform/errors'
import type { FastifyReply, RequestPayload } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { SMALL_BODY } from '../server-options.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * The body of a call as it may be received, for `preParsing`: with a small limit where nobody is signed in, else
     * within the budget for large bodies. Throws what refuses it before it has arrived.
     */
    meterBody(reply: FastifyReply, payload: RequestPayload, needsSignIn: boolean): RequestPayload
  }
}

/**
 * Bounds the memory that bodies take while they arrive and while they are worked on. Small ones are bounded by the
 * number of connections alone.
 */
export const bodies = fastifyPlugin(
  (app, _options, done) => {
    const budget = createBodyBudget()
    app.decorate('meterBody', (reply, payload, needsSignIn) => {
      const { headers, ctx } = reply.request
      const length = lengthOf(headers)
      if (length <= SMALL_BODY) return payload
      const isAnonymous = ctx.actor.kind === 'anonymous'
      const tooLarge = new AppError(needsSignIn ? 'session/required' : 'request/too-large')
      if (!isAnonymous) return meter(reply, payload)
      if (length < Infinity) throw tooLarge
      return meter(reply, payload, { limit: SMALL_BODY, tooLarge })
    })
    done()

    function meter(
      { request, raw }: FastifyReply,
      payload: RequestPayload,
      { limit, tooLarge }: { limit: number; tooLarge?: AppError } = { limit: Infinity },
    ) {
      const { address } = request.caller
      let held = 0
      const metered = new Transform({
        transform(chunk: Buffer, _encoding, next) {
          if (held + chunk.length > limit) return next(tooLarge)
          if (!budget.take(address, chunk.length)) return next(noRoom())
          held += chunk.length
          next(null, chunk)
        },
      })
      // Fastify neither reads nor listens to a body that it refuses by its declared length.
      metered.on('error', () => {})
      raw.once('close', () => {
        budget.give(address, held)
        metered.destroy()
      })
      payload.once('error', (error) => metered.destroy(error))
      payload.once('close', () => void (metered.writableEnded || metered.destroy()))
      return payload.pipe(metered)
    }
  },
  { name: 'bodies', fastify: '5.x', dependencies: ['rate-limit', 'authenticate'] },
)

/** Infinite where only its end will tell; Node holds a body to the length that it declares. */
function lengthOf(headers: FastifyReply['request']['headers']) {
  if (headers['transfer-encoding'] !== undefined) return Infinity
  return Number(headers['content-length'] ?? 0)
}

const noRoom = () => new AppError('server/unavailable', { retryAfterSeconds: 2 })

const MB = 1024 * 1024

type BodyBudget = {
  /** Takes room for bytes that have arrived; false, and nothing is taken, where there is none. */
  take(address: string, bytes: number): boolean
  give(address: string, bytes: number): void
}

/**
 * How many bytes of large bodies a process holds at once, from their first byte until their response is out. An address
 * has at most a quarter, so that nobody takes the room of all others by sending slowly.
 */
export function createBodyBudget(total = 32 * MB): BodyBudget {
  const heldBy = new Map<string, number>()
  let held = 0

  return {
    take(address, bytes) {
      const own = (heldBy.get(address) ?? 0) + bytes
      if (held + bytes > total || own > total / 4) return false
      held += bytes
      heldBy.set(address, own)
      return true
    },
    give(address, bytes) {
      held -= bytes
      const own = (heldBy.get(address) ?? 0) - bytes
      if (own > 0) heldBy.set(address, own)
      else heldBy.delete(address)
    },
  }
}
