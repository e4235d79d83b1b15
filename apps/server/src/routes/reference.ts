import type { FastifyPluginCallback } from 'fastify'
import { referencePage } from './reference/page.ts'
import { listProcedures } from './reference/procedures.ts'

/** Under `/api`: where things are, and every procedure with its schemas. */
export const reference: FastifyPluginCallback = (app, _options, done) => {
  const procedures = listProcedures()
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    await reply.charge(1)
  })
  app.get('/', { prefixTrailingSlash: 'no-slash' }, () => ({
    trpc: '/trpc',
    reference: '/api/reference',
    referenceJson: '/api/reference.json',
    health: { live: '/health/live', ready: '/health/ready' },
  }))
  app.get('/reference.json', () => ({ procedures }))
  app.get('/reference', (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(referencePage(procedures, reply.nonce)),
  )
  done()
}
