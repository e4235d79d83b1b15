import type { FastifyPluginCallback } from 'fastify'
import { referencePage } from './reference/page.ts'
import { listProcedures } from './reference/procedures.ts'
import { listRoutes } from './reference/routes.ts'

/** Under `/api`: where things are, and every procedure and route with its schemas. */
export const reference: FastifyPluginCallback = (app, _options, done) => {
  const procedures = listProcedures()
  const routes = listRoutes()
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    await reply.charge(1)
  })
  app.get('/', { prefixTrailingSlash: 'no-slash' }, () => ({
    trpc: '/trpc',
    tokens: '/api/v1/auth/tokens',
    keys: '/.well-known/jwks.json',
    reference: '/api/reference',
    referenceJson: '/api/reference.json',
    health: { live: '/health/live', ready: '/health/ready' },
  }))
  app.get('/reference.json', () => ({ procedures, routes }))
  app.get('/reference', (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(referencePage({ procedures, routes }, reply.nonce)),
  )
  done()
}
