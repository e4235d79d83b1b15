import { setTimeout as sleep } from 'node:timers/promises'
import fastifyPlugin from 'fastify-plugin'
import type { Env } from '../env.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether a shutdown has begun. */
    isClosing(): boolean
  }
}

/**
 * Shutdown without a dropped request: between the signal and the closed port, requests are still taken, each response
 * asks its client to close the connection, and the load balancer sees that `/health/ready` fails.
 */
export const drain = fastifyPlugin(
  (app, { SHUTDOWN_DRAIN_MS }: Pick<Env, 'SHUTDOWN_DRAIN_MS'>, done) => {
    let isClosing = false
    app.decorate('isClosing', () => isClosing)
    app.addHook('preClose', async () => {
      isClosing = true
      if (app.server.listening) await sleep(SHUTDOWN_DRAIN_MS)
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
