import { openApiDocument } from '@galley/api/openapi'
import type { FastifyPluginCallback } from 'fastify'
import { etagOf, isKnown } from './rest/etag.ts'

/** `GET /openapi.json` under `/api/v1`: the document of all that answers there, made when it is first asked for. */
export const openApi: FastifyPluginCallback = (app, _options, done) => {
  let built: { body: string; etag: string } | undefined

  app.get('/openapi.json', async (request, reply) => {
    const { body, etag } = (built ??= build(app.publicOrigin))
    reply.headers({ etag, 'cache-control': 'public, max-age=300' })
    if (isKnown(etag, request.headers['if-none-match'])) return reply.code(304).send()
    return reply.type('application/json; charset=utf-8').send(body)
  })
  done()
}

function build(origin: string) {
  const body = JSON.stringify(openApiDocument({ origin }))
  return { body, etag: etagOf(body, undefined) }
}
