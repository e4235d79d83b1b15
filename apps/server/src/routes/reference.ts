import type { FastifyPluginCallback } from 'fastify'
import { referencePage } from './reference/page.ts'
import { referenceOfProcedures } from './reference/procedures.ts'
import { loadScalar, type Script } from './reference/scalar.ts'
import { staticDocument } from './static-document.ts'

const IMMUTABLE = 'public, max-age=31536000, immutable' // the address holds a hash of the content

/** Under `/api`: where things are, the reference of REST as a page, and every procedure with its schemas. */
export const reference: FastifyPluginCallback = (app, _options, done) => {
  const sendProcedures = staticDocument(() => ({ procedures: referenceOfProcedures() }))
  let loading: Promise<Script> | undefined
  const scalar = () => (loading ??= loadScalar())

  app.addHook('onRequest', (_request, reply, next) => {
    reply.header('cache-control', 'no-store')
    next()
  })
  app.get('/', { prefixTrailingSlash: 'no-slash' }, () => ({
    trpc: '/trpc',
    rest: '/api/v1',
    openapi: '/api/v1/openapi.json',
    tokens: '/api/v1/auth/tokens',
    keys: '/.well-known/jwks.json',
    reference: '/api/reference',
    procedures: '/api/reference.json',
    problems: '/api/problems',
    health: { live: '/health/live', ready: '/health/ready' },
  }))
  app.get('/reference.json', sendProcedures)
  app.get('/reference', async (_request, reply) => {
    const { name } = await scalar()
    const page = referencePage(name, reply.nonce)
    const policy = String(reply.getHeader('content-security-policy'))
    reply.header('content-security-policy', withInlineStyles(policy))
    return reply.type('text/html; charset=utf-8').send(page)
  })
  app.get<{ Params: { name: string } }>('/reference/:name', async (request, reply) => {
    const { name, plain, gzipped } = await scalar()
    if (request.params.name !== name) return reply.callNotFound()
    const takesGzip = request.headers['accept-encoding']?.includes('gzip') ?? false
    reply.type('text/javascript; charset=utf-8')
    reply.headers({ 'cache-control': IMMUTABLE, vary: 'accept-encoding' })
    if (!takesGzip) return reply.send(plain)
    return reply.header('content-encoding', 'gzip').send(gzipped)
  })
  done()
}

/**
 * Scalar sets `style` attributes, which no nonce can let through (CSP 3, 6.1.14): this page alone allows inline styles.
 * Scripts stay as everywhere: ours, or with the nonce of the response.
 */
const withInlineStyles = (policy: string) =>
  policy.replace(/style-src [^;]*/, "style-src 'self' 'unsafe-inline'")
