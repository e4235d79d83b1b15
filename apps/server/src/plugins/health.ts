import fastifyPlugin from 'fastify-plugin'

const PING_TIMEOUT_MS = 1000

type Options = { pingDatabase(timeoutMs: number): Promise<void> }

/**
 * `/health/live`: the process runs. `/health/ready`: it can serve, that is the database answers within a second and
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

    async function failingPart(log: { warn(details: object, message: string): void }) {
      try {
        await pingDatabase(PING_TIMEOUT_MS)
        return undefined
      } catch (error) {
        log.warn({ err: error }, 'database does not answer')
        return 'database'
      }
    }
  },
  { name: 'health', fastify: '5.x', dependencies: ['drain'] },
)
