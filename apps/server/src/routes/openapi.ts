import { openApiDocument } from '@galley/api/openapi'
import type { FastifyPluginCallback } from 'fastify'
import { staticDocument } from './static-document.ts'

/** `GET /openapi.json` under `/api/v1`: the document of all that answers there, made when it is first asked for. */
export const openApi: FastifyPluginCallback = (app, _options, done) => {
  const send = staticDocument(() => openApiDocument({ origin: app.publicOrigin }))

  app.get('/openapi.json', async (request, reply) => {
    reply.header('cache-control', 'public, max-age=300')
    return send(request, reply)
  })
  done()
}
