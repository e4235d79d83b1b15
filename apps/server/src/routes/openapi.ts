import { openApiDocument } from '@galley/api-tools/openapi'
import { appRouter } from '@galley/api/root'
import type { FastifyPluginCallback } from 'fastify'
import { authTokenOperations } from './auth-tokens/operations.ts'
import { staticDocument } from './static-document.ts'

/** `GET /openapi.json` under `/api/v1`: the document of all that is served there, made when it is first asked for. */
export const openApi: FastifyPluginCallback = (app, _options, done) => {
  const send = staticDocument(() => documentOf(app.publicOrigin))

  app.get('/openapi.json', async (request, reply) => {
    reply.header('cache-control', 'public, max-age=300')
    return send(request, reply)
  })
  done()
}

/** The document of a server at this origin. */
export const documentOf = (origin: string) =>
  openApiDocument({ origin, router: appRouter, others: authTokenOperations })
