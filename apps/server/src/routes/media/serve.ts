import { Id } from '@galley/contract/primitives'
import { AppError } from '@galley/platform/errors'
import { findServedMedia, type ServedMedia } from '@galley/platform/media/open'
import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { STREAMS } from '../../load-shedding/gate.ts'
import { isKnown } from '../rest/etag.ts'
import { contentDisposition } from './content-disposition.ts'
import { rangeOf } from './range.ts'

/** So long a reader may take for a file; who takes nothing for 30 s is cut off by the socket's own time-out. */
const STREAM_MS = 10 * 60_000

/** A file is shown as what it is, and as nothing that could run. */
const POLICY = "default-src 'none'; sandbox"

const YEAR = 'max-age=31536000, immutable'

type Route = { Params: { id: string; variant?: string } }

/**
 * Under `/media`: uploaded files, through this server whatever the storage is, so that headers and access are its own. An
 * address has the same content for ever. Others than its owner get what is used in something public.
 */
export const mediaFiles: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('onRequest', app.authenticate)
  app.addHook('onRequest', async (_request, reply) => reply.charge(1))
  for (const url of ['/:id', '/:id/:variant']) {
    app.route<Route>({
      method: ['GET', 'HEAD'],
      url,
      handler: async (request, reply) => send(request, reply, await find(request)),
    })
  }
  done()
}

function find({ ctx, params }: FastifyRequest<Route>): Promise<ServedMedia> {
  checkScope(ctx.actor)
  const id = Id.safeParse(params.id)
  if (!id.success) throw new AppError('media/not-found')
  return findServedMedia(ctx, { id: id.data, variant: params.variant })
}

function checkScope(actor: FastifyRequest['ctx']['actor']) {
  if (actor.kind !== 'user' || actor.via.kind !== 'token') return
  if (!actor.via.scopes.has('media:read')) throw new AppError('token/scope-missing')
}

async function send(request: FastifyRequest<Route>, reply: FastifyReply, file: ServedMedia) {
  const { etag, bytes, mime, kind, isPublic } = file
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': isPublic ? `public, ${YEAR}` : `private, ${YEAR}`,
    'content-security-policy': POLICY,
    'content-type': mime,
    ...(isPublic
      ? { 'cross-origin-resource-policy': 'cross-origin' }
      : { vary: 'Cookie, Authorization' }),
    ...(kind !== 'image' && {
      'content-disposition': contentDisposition('attachment', file.fileName),
    }),
  })
  if (isKnown(etag, request.headers['if-none-match'])) return reply.code(304).send()
  const range = rangeOf(request.headers, { bytes, etag })
  if (range === 'unsatisfiable') {
    return reply.code(416).header('content-range', `bytes */${bytes}`).send()
  }
  const length = range ? range.end - range.start + 1 : bytes
  reply.header('content-length', length)
  if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${bytes}`)
  if (request.method === 'HEAD') return reply.send()
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  const { body } = await file.open(range, gone.signal)
  reply.extendDeadline(STREAM_MS)
  reply.raw.emit(STREAMS)
  return reply.send(body)
}
