import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { openApiDocument } from '@galley/api-tools/openapi'
import { listProcedures, type Procedure } from '@galley/api/procedures'
import { appRouter } from '@galley/api/root'
import type { Meta } from '@galley/api/trpc'
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { authTokenOperations } from './auth-tokens/operations.ts'
import { uploadOperation } from './media/operations.ts'
import { etagOf, isKnown } from './rest/etag.ts'

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
  openApiDocument({ origin, router: appRouter, others: [...authTokenOperations, uploadOperation] })

type ProcedureReference = Pick<Meta, 'access' | 'scope' | 'cost' | 'allowance'> & {
  path: string
  type: Procedure['type']
  /** Whether it needs a sign-in or a step-up of the last ten minutes. */
  fresh: boolean
  /** JSON Schema (draft 2020-12) of what a call takes; null where it takes nothing. */
  input: unknown
  /** JSON Schema of what it returns. */
  output: unknown
}

/** Every procedure of the router with what it declares, in the router's order. */
export const referenceOfProcedures = (): ProcedureReference[] =>
  listProcedures(appRouter).map(({ path, type, meta, input, output }) => {
    const { access, scope, cost, allowance, requiresRecentAuth: fresh = false } = meta
    return {
      path,
      type,
      access,
      scope,
      cost,
      ...(allowance && { allowance }),
      fresh,
      input: toJsonSchema(input, 'input'),
      output: toJsonSchema(output, 'output'),
    }
  })

/** JSON Schema (draft 2020-12) of what a caller sends or gets; null where there is no schema. */
function toJsonSchema(schema: unknown, io: 'input' | 'output') {
  if (!(schema instanceof z.ZodType)) return null
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

type Representation = { body: string | Buffer; etag: string }

/**
 * A JSON document that stays the same while the server runs: made, and compressed, when it is first asked for. Each
 * coding has an entity tag of its own (RFC 9110, 8.8.3.3).
 */
export function staticDocument(make: () => unknown) {
  let made: Promise<{ plain: Representation; gzipped: Representation }> | undefined

  return async ({ headers }: FastifyRequest, reply: FastifyReply) => {
    const { plain, gzipped } = await (made ??= Promise.try(make).then((document) =>
      represent(JSON.stringify(document)),
    ))
    const takesGzip = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(
      headers['accept-encoding'] ?? '',
    )
    const { body, etag } = takesGzip ? gzipped : plain
    const vary = [reply.getHeader('vary'), 'accept-encoding'].filter(Boolean).join(', ')
    reply.headers({ etag, vary })
    if (isKnown(etag, headers['if-none-match'])) return reply.code(304).send()
    if (takesGzip) reply.header('content-encoding', 'gzip')
    return reply.type('application/json; charset=utf-8').send(body)
  }
}

async function represent(body: string) {
  const etag = etagOf(body, undefined)
  const packed = await promisify(gzip)(body)
  return {
    plain: { body, etag },
    gzipped: { body: packed, etag: etag.replace(/"$/, '.gzip"') },
  }
}
