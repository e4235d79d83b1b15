import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import fastifyMultipart, { type Multipart } from '@fastify/multipart'
import { checkAccess } from '@galley/api/access'
import { fieldErrors } from '@galley/api/errors'
import { isKeyed, runIdempotentCall } from '@galley/api/idempotency'
import type { FieldError } from '@galley/contract/errors'
import { MediaFields, MediaView } from '@galley/contract/platform/media'
import type { AuthedCtx } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { receiveMedia, type ReceivedMedia } from '@galley/platform/media/receive'
import { acceptMedia } from '@galley/platform/media/upload'
import { whileOpen } from '@galley/trpc-fastify'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { allowSlowBody } from '../../load-shedding/slow-senders.ts'
import { otherMethods } from '../rest.ts'
import { replyOperation } from '../rest/reply.ts'
import type { RestRoute } from '../rest/input.ts'
import { uploadOperation } from './operations.ts'

/** So long an upload may take, as a phone on a train sends 20 MB. */
const UPLOAD_MS = 10 * 60_000

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route takes a form with a file instead of JSON. */
    multipart?: boolean
  }
}

const limitsOf = ({ mediaLimits }: AuthedCtx) => ({
  files: 1,
  // One more, at which the domain says that it is too large.
  fileSize: mediaLimits.maxFileBytes + 1,
  fields: Object.keys(MediaFields.shape).length,
  fieldNameSize: 40,
  fieldSize: 16 * 1024,
  parts: 1 + Object.keys(MediaFields.shape).length,
  headerPairs: 20,
})

/**
 * `POST /media` under `/api/v1`: a file is streamed into the storage. What holds for all calls holds here too (access, charge,
 * idempotency, audit); the rules that other routes keep are its own: a form as its body, of any size, for ten minutes.
 */
export const mediaUpload: FastifyPluginAsync = async (app) => {
  await app.register(otherMethods, { routes: [{ method: 'POST', url: '/media' }] })
  await app.register(postMedia)
}

const postMedia: FastifyPluginAsync = async (app) => {
  await app.register(fastifyMultipart, { throwFileSizeLimit: false })
  app.addHook('onRequest', app.authenticate)
  app.addHook('onRequest', async ({ ctx, headers, server, raw }, reply) => {
    await ctx.charge(uploadOperation.meta.cost)
    checkAccess(ctx, uploadOperation.meta, uploadOperation.kind)
    if (!isMultipart(headers)) throw new AppError('request/form-required')
    reply.extendDeadline(UPLOAD_MS)
    allowSlowBody(server.server, raw, UPLOAD_MS)
  })
  app.post<RestRoute>('/media', { config: { multipart: true } }, async (request, reply) => {
    const started = performance.now()
    const view = await whileOpen(reply, (signal) => upload(request, signal)).catch(
      async (error: unknown) => {
        await drain(request)
        throw error
      },
    )
    const ms = Math.round((performance.now() - started) * 10) / 10
    request.ctx.onCall?.({ callId: `${request.id}.0`, path: 'media.upload', type: 'mutation', ms })
    return replyOperation(uploadOperation, view, request, reply)
  })
}

const isMultipart = ({ 'content-type': type = '' }: FastifyRequest['headers']) =>
  /^multipart\/form-data;.*boundary=/i.test(type.slice(0, 300))

async function upload(request: FastifyRequest, signal: AbortSignal): Promise<MediaView> {
  const ctx = authed(request, signal)
  const form = await readForm(ctx, request)
  await using received = form.file
  const fields = parse(form.fields)
  const accept = (inside: AuthedCtx) => acceptMedia(inside, received, fields)
  if (!isKeyed(request.ctx, 'mutation', uploadOperation.meta)) return await accept(ctx)
  const { fileName, mime, sha256 } = received
  const call = {
    ctx: request.ctx,
    meta: uploadOperation.meta,
    path: uploadOperation.name,
    batchIndex: 0,
    input: { ...fields, fileName, mime, sha256 },
  }
  // Of a file that was sent before the first view is returned, and this one is disposed of.
  return MediaView.parse(
    await runIdempotentCall(call, (inside) => accept({ ...inside, actor: ctx.actor })),
  )
}

function authed({ ctx }: FastifyRequest, signal: AbortSignal): AuthedCtx {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new AppError('session/required')
  return { ...ctx, actor, signal }
}

type Form = { file: ReceivedMedia; fields: Record<string, unknown> }

async function readForm(ctx: AuthedCtx, request: FastifyRequest): Promise<Form> {
  const fields = new Map<string, unknown>()
  let file: ReceivedMedia | undefined
  try {
    for await (const part of request.parts({ limits: limitsOf(ctx) })) {
      if (part.type === 'file') file = await receive(ctx, request, part)
      else if (fields.has(part.fieldname)) throw invalid(part.fieldname, 'Given more than once.')
      else fields.set(part.fieldname, part.value)
    }
    if (!file) throw invalid('file', 'Send one file.')
    return { file, fields: Object.fromEntries(fields) }
  } catch (error) {
    await file?.[Symbol.asyncDispose]()
    throw error
  }
}

function receive(
  ctx: AuthedCtx,
  { headers }: FastifyRequest,
  part: Extract<Multipart, { type: 'file' }>,
) {
  if (part.fieldname !== 'file') throw invalid(part.fieldname, 'Must be named "file".')
  const length = Number(headers['content-length'])
  return receiveMedia(ctx, {
    // Browsers and curl escape quotation marks of a name in this way, and nothing else that stays in one.
    fileName: part.filename.replaceAll('%22', '"'),
    mime: part.mimetype,
    length: Number.isFinite(length) ? length : undefined,
    body: part.file,
  })
}

/** Text of a form, as the procedures' schemas want it. */
function parse({ decorative, ...texts }: Record<string, unknown>): MediaFields {
  const flag = { true: true, false: false }[String(decorative)] ?? decorative
  const parsed = MediaFields.safeParse({
    ...texts,
    ...(decorative !== undefined && { decorative: flag }),
  })
  if (parsed.success) return parsed.data
  throw new AppError('request/invalid', { cause: parsed.error, fields: fieldErrors(parsed.error) })
}

const invalid = (path: string, message: string) =>
  new AppError('request/invalid', { fields: [{ path, message }] satisfies FieldError[] })

const DRAIN_MS = 5_000

/** Browsers show a refusal only when they could send their body: what is left of it is read for a while. */
async function drain({ raw }: FastifyRequest): Promise<void> {
  if (raw.readableEnded || raw.destroyed) return
  raw.unpipe().resume()
  const stop = new AbortController()
  const { signal } = stop
  await Promise.race([
    once(raw, 'close', { signal }),
    once(raw, 'end', { signal }),
    wait(DRAIN_MS, undefined, { signal }),
  ]).catch(() => {})
  stop.abort()
}
