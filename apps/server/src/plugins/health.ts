import type { FastifyBaseLogger } from 'fastify'
import fastifyPlugin from 'fastify-plugin'

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
