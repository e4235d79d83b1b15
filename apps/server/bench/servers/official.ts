import { appRouter, type AppRouter } from '@galley/api/root'
import type { Ctx } from '@galley/api/ctx'
import type { Actor } from '@galley/platform/ctx'
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify'
import { fastify, type FastifyRequest } from 'fastify'
import { createDeps } from '../../src/deps.ts'
import { readEnv } from '../../src/env.ts'

// tRPC as its documentation sets it up: the same router on a bare Fastify with tRPC's own plugin; sessions, but no
// limits, no headers, no log.
const env = readEnv()
const deps = createDeps(env)
const app = fastify()

const trpcOptions: FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] = {
  router: appRouter,
  createContext: async ({ req }) => contextOf(req, await findActor(req)),
}
app.get('/health/live', () => ({}))
app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions })
process.on('SIGTERM', () => process.exit())
await app.listen({ host: env.HOST, port: env.PORT })

async function findActor({ headers }: FastifyRequest): Promise<Actor> {
  const token = /galley-session=([\w-]+)/.exec(headers.cookie ?? '')?.[1]
  const found =
    token === undefined ? null : await deps.domain.sessions.validate(deps.domain.db, token)
  if (!found) return { kind: 'anonymous' }
  const { id: sessionId, authenticatedAt } = found.session
  return { kind: 'user', user: found.user, via: { kind: 'session', sessionId, authenticatedAt } }
}

function contextOf(request: FastifyRequest, actor: Actor): Ctx {
  return {
    ...deps.domain,
    jobs: deps.domain.jobs.forRequest(request.id),
    actor,
    log: { info() {}, warn() {}, error() {} },
    requestId: request.id,
    client: { ip: request.ip, userAgent: '' },
    cookies: { get: () => undefined, set() {}, clear() {}, clearSiteData() {} },
    now: () => new Date(),
    charge: async () => {},
  }
}
