import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { etagOf, isKnown } from './rest/etag.ts'

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
