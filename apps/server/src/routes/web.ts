import { constants } from 'node:zlib'
import fastifyCompress, { type FastifyCompressOptions } from '@fastify/compress'
import fastifyStatic from '@fastify/static'
import type { AppDeps, RequestCtx } from '@galley/api/ctx'
import { appRouter } from '@galley/api/root'
import type { SiteView } from '@galley/contract/platform/site'
import { AppError } from '@galley/platform/errors'
import { getSite } from '@galley/platform/site/get'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { leaveOutSender, SHAREABLE } from '../plugins/public-answers.ts'
import { canonicalTarget, isPagePath } from '../paths.ts'
import type { PublicReadCache } from '../public-reads.ts'
import type { SecurityHeaders } from '../security-headers.ts'
import type { WebBuild } from '../web-build.ts'
import {
  createPublicPages,
  NotKept,
  type PublicPage,
  type Render,
  sendPublicPage,
  VARY,
} from './web/public-pages.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What this asks for, where the answer may be kept. */
    publicPage?: PublicPage | undefined
  }
}

const ASSETS = 'public, max-age=31536000, immutable' // their names hold a hash of their content
const FILES = 'public, max-age=3600'

/** The built web app: its files, and a rendered page for every other address. */
export const web: FastifyPluginAsync<WebOptions> = async (app, options) => {
  const { webBuild, deps, publicReads, policyOf } = options
  await app.register(fastifyStatic, {
    root: webBuild.clientDir,
    wildcard: false, // one route per file: no address of a request ever reaches the file system
    index: false,
    globIgnore: ['**/.*', '**/.*/**', '**/*.{map,br,gz}'],
    preCompressed: true, // the build leaves .br and .gz beside the files
    cacheControl: false,
    setHeaders(reply, path) {
      reply.header('cache-control', path.includes('/assets/') ? ASSETS : FILES)
    },
  })
  await app.register(pages, {
    webBuild,
    origin: deps.site.origin,
    site: () => getSite(deps),
    publicPages: publicReads && createPublicPages({ pages: publicReads.pages, webBuild, policyOf }),
  })
}

type WebOptions = Pick<SecurityHeaders, 'policyOf'> & {
  webBuild: WebBuild
  deps: Pick<AppDeps, 'site'>
  publicReads?: PublicReadCache | undefined
}

const REDIRECT = 'public, max-age=3600'
const PRIVATE = 'private, no-store'
/** A browser may go back to it; caches in between, which would send its nonce again, may not keep it. */
const REVALIDATED = 'private, no-cache'

/**
 * Quick rather than small, and flushed with every part of a page that streams. What a page holds may be compressed
 * together with what a stranger put into its address: there is no secret in it that a length could tell (BREACH).
 */
const compression: FastifyCompressOptions = {
  encodings: ['br', 'gzip'],
  globalDecompression: false,
  // Ours that say what went wrong are smaller, and the same from the gate, which compresses nothing.
  threshold: 2048,
  brotliOptions: {
    flush: constants.BROTLI_OPERATION_FLUSH,
    params: { [constants.BROTLI_PARAM_QUALITY]: 4 },
  },
  zlibOptions: { flush: constants.Z_SYNC_FLUSH, level: 4 },
}

type PagesOptions = {
  webBuild: WebBuild
  origin: string
  site: () => SiteView
  publicPages: ReturnType<typeof createPublicPages> | undefined
}

/** Server-rendered pages. What they ask of the API is called in this process, as the visitor. */
const pages: FastifyPluginAsync<PagesOptions> = async (app, options) => {
  const { webBuild, origin, site, publicPages } = options
  await app.register(fastifyCompress, compression)
  app.decorateRequest('publicPage')
  app.addHook('onRequest', (request, reply, next) => {
    if (!isPagePath(request.url)) return next(new AppError('route/not-found'))
    const canonical = canonicalTarget(request.url)
    if (canonical !== request.url) {
      reply.header('cache-control', REDIRECT).redirect(`${origin}${canonical}`, 301)
      return
    }
    if (takesHtml(request.headers.accept)) return next()
    reply.code(406)
    next(new AppError('route/not-acceptable'))
  })
  app.addHook('onRequest', (request, reply, next) => {
    request.publicPage = publicPages?.find(request)
    const bytes = request.publicPage && publicPages?.peek(request.publicPage)
    if (bytes) sendPublicPage(reply, bytes)
    else next()
  })
  app.addHook('onSend', (_request, reply, _payload, next) => {
    if (reply.getHeader('cache-control') === SHAREABLE) leaveOutSender(reply)
    next()
  })
  app.addHook('onRequest', app.authenticate)
  app.addHook('onRequest', async (_request, reply) => reply.charge(1))
  app.route({
    method: ['GET', 'HEAD'],
    url: '/*',
    handler: async (request, reply) => {
      const { publicPage, ctx } = request
      if (publicPages && publicPage) {
        return replyPublic(() => publicPages.get(publicPage, renderer(request)), request, reply)
      }
      // Until the response is out as a whole, which is after this function: a page streams.
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const page = await webBuild.fetch(toWebRequest(request, origin, gone.signal), {
        context: {
          nonce: reply.nonce,
          requestId: request.id,
          origin,
          site: site(),
          api: (call) => callApi(call, ctx),
        },
      })
      return sendPage(page, request, reply)
    },
  })

  /** For all who ask: nothing of the request is in the page. What it shows is read now, so that it is not kept twice as long. */
  function renderer({ id, ctx }: FastifyRequest): Render {
    return (address, nonce, onDependency) =>
      webBuild.fetch(new Request(`${origin}${address}`, { headers: { accept: 'text/html' } }), {
        context: {
          nonce,
          requestId: id,
          isForAll: true,
          origin,
          site: site(),
          api: (call) => callApi(call, { ...ctx, publicReads: undefined, onDependency }),
        },
      })
  }
}

async function replyPublic(
  get: () => Promise<Buffer>,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const page = await get().catch((error: unknown) => {
    if (error instanceof NotKept) return error.page.clone()
    throw error
  })
  return page instanceof Response ? sendPage(page, request, reply) : sendPublicPage(reply, page)
}

const takesHtml = (accept = '*/*') =>
  accept
    .split(',')
    .some((range) => htmlRanges.has(range.split(';', 1)[0]?.trim().toLowerCase() ?? ''))

const htmlRanges = new Set(['text/html', '*/*', ''])

/** The address comes from the configuration: a forged Host header must not reach links in the page. */
function toWebRequest(request: FastifyRequest, origin: string, signal: AbortSignal) {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one)
  }
  return new Request(`${origin}${request.url}`, { method: request.method, headers, signal })
}

/** The page was charged as one; its calls are not charged again. */
function callApi(call: Request, ctx: RequestCtx) {
  return fetchRequestHandler({
    endpoint: '/trpc',
    router: appRouter,
    req: call,
    createContext: () => ({ ...ctx, charge: async () => {} }),
  })
}

async function sendPage(page: Response, request: FastifyRequest, reply: FastifyReply) {
  reply.code(page.status)
  for (const [name, value] of page.headers) reply.header(name, value)
  const isAnonymous = request.ctx.actor.kind === 'anonymous' && request.sessionToken === undefined
  const isPrivate =
    !isAnonymous ||
    page.headers.has('set-cookie') ||
    page.headers.get('cache-control') === 'no-store'
  reply.headers({ 'cache-control': isPrivate ? PRIVATE : REVALIDATED, vary: VARY })
  if (page.status === 503) reply.headers({ 'cache-control': PRIVATE, 'retry-after': '1' })
  if (request.method !== 'HEAD') return reply.send(page.body ?? undefined)
  await page.body?.cancel()
  return reply.send()
}
