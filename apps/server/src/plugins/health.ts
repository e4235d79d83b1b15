import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyReply } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { Deps } from '../deps.ts'
import type { Env } from '../env.ts'

/**
 * `/health/live`: the process runs. `/health/ready`: it can serve, that is its database responds within a second and no shutdown
 * has begun; it names all parts that it works with, and how they are. Without the others it serves on, `degraded`: to take
 * every server out of service would help nobody.
 */
export const health = fastifyPlugin(
  (app, { parts }: Pick<Deps, 'parts'>, done) => {
    const [database] = parts
    app.get('/health/live', (_request, reply) => {
      reply.header('cache-control', 'no-store').send({ status: 'ok' })
    })
    app.get('/health/ready', async ({ log }, reply) => {
      reply.header('cache-control', 'no-store')
      if (app.isClosing()) return unavailable(reply, { failing: 'shutdown' })
      const looks = await Promise.all(
        parts.map(async ({ name, look }) => [name, (await look(log)).state] as const),
      )
      const states = Object.fromEntries(looks)
      const { name } = database
      if (states[name] !== 'ok') return unavailable(reply, { failing: name, parts: states })
      const isWhole = looks.every(([, state]) => state === 'ok')
      return { status: isWhole ? 'ok' : 'degraded', parts: states }
    })
    done()
  },
  { name: 'health', fastify: '5.x', dependencies: ['drain'] },
)

const unavailable = (reply: FastifyReply, what: { failing: string; parts?: object }) =>
  reply
    .code(503)
    .header('retry-after', '1')
    .send({ status: 'unavailable', ...what })

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
