import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { fastify, type FastifyPluginCallback } from 'fastify'
import { referenceOfProcedures, staticDocument } from './documents.ts'

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

/** The reference as a page: Scalar over the OpenAPI document, from this origin and nowhere else. */
const referencePage = (script: string, nonce: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${nonce}">
<title>Galley API reference</title>
<style nonce="${nonce}">body { margin: 0 }</style>
<div id="reference"></div>
<noscript>
  <p>This page needs scripts. The same as data: <a href="/api/v1/openapi.json">OpenAPI document</a>,
  <a href="/api/reference.json">procedures</a>.</p>
</noscript>
<script nonce="${nonce}" src="/api/reference/${script}"></script>
<script nonce="${nonce}">Scalar.createApiReference('#reference', ${JSON.stringify(configuration)})</script>
</html>
`

const configuration = {
  url: '/api/v1/openapi.json',
  // Nothing may be fetched from elsewhere, and nobody else learns who reads here.
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true, hideAddApi: true },
  mcp: { disabled: true },
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
}

type Script = { name: string; plain: Buffer; gzipped: Buffer }

/**
 * The reference's script, 4 MB, read when somebody first opens the page. Scalar's plugin is the only way to the file, and
 * its page knows no nonce, so it is asked for the script alone, by a server that listens to nobody.
 */
async function loadScalar(): Promise<Script> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const shell = fastify()
  await shell.register(scalar, { configuration: { url: '/' } })
  const { rawPayload: plain, statusCode } = await shell.inject('/reference/js/scalar.js')
  await shell.close()
  if (statusCode !== 200) throw new Error('Scalar has no script at its old address')
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 12)
  return { name: `scalar-${hash}.js`, plain, gzipped: await promisify(gzip)(plain) }
}
