import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Env } from '../env.ts'

const PING_TIMEOUT_MS = 1000

type Options = { pingDatabase(timeoutMs: number): Promise<void> }

/**
 * `/health/live`: the process runs. `/health/ready`: it can serve, that is the database responds within a second and
 * no shutdown has begun; it names the part that fails and no more.
 */
export const health = fastifyPlugin(
  (app, { pingDatabase }: Options, done) => {
    app.get('/health/live', (_request, reply) => {
      reply.header('cache-control', 'no-store').send({ status: 'ok' })
    })
    app.get('/health/ready', async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const failing = app.isClosing() ? 'shutdown' : await failingPart(request.log)
      if (!failing) return { status: 'ok' }
      return reply.code(503).header('retry-after', '1').send({ status: 'unavailable', failing })
    })
    done()

    // Probes come every few seconds: only a change is worth a line.
    let isReachable = true
    async function failingPart(log: FastifyBaseLogger) {
      try {
        await pingDatabase(PING_TIMEOUT_MS)
        if (!isReachable) log.info('database answers again')
        isReachable = true
        return undefined
      } catch (error) {
        if (isReachable) log.warn({ err: error }, 'database does not answer')
        isReachable = false
        return 'database'
      }
    }
  },
  { name: 'health', fastify: '5.x', dependencies: ['drain'] },
)

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether a shutdown has begun. */
    isClosing(): boolean
  }
}

type DrainOptions = Pick<Env, 'SHUTDOWN_DRAIN_MS'> & {
  streams: { drain(spreadMs: number): Promise<void>; close(): Promise<void> }
}

/**
 * Shutdown without a dropped request: between the signal and the closed port, requests are still taken, each response
 * asks its client to close the connection, and the load balancer sees that `/health/ready` fails. Streams end one after the
 * other, so that their clients do not all come to another server at once.
 */
export const drain = fastifyPlugin(
  (app, { SHUTDOWN_DRAIN_MS, streams }: DrainOptions, done) => {
    let isClosing = false
    app.decorate('isClosing', () => isClosing)
    app.addHook('preClose', async () => {
      isClosing = true
      const spreadMs = app.server.listening ? SHUTDOWN_DRAIN_MS : 0
      await Promise.all([sleep(spreadMs), streams.drain(spreadMs)])
      await streams.close()
    })
    // Fastify asks this of requests that come after the signal, not of those that were running.
    app.addHook('onSend', (_request, reply, _payload, next) => {
      if (isClosing) reply.header('connection', 'close')
      next()
    })
    done()
  },
  { name: 'drain', fastify: '5.x' },
)
