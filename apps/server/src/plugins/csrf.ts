import { AppError } from '@galley/platform/errors'
import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { allowedOrigins } from './cors.ts'
import { bearerTokenOf } from '../request-headers.ts'
import type { Env } from '../env.ts'
import { isJsonType } from '../json/encoding.ts'
import { isRestPath } from '../paths.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses what another site could make a browser send (OWASP CSRF Prevention Cheat Sheet, Fetch Metadata): an
 * unsafe method must come from one of our pages or a listed origin, and carry JSON, which no HTML form can send.
 * Programs other than browsers send neither header; they pass as long as they bring no session cookie. A bearer token
 * is sent by no browser of itself, so it passes; with a session cookie beside it, nobody knows who was meant.
 * The route for uploads takes a form with a file, which any page can send: it must come from one of ours all the same.
 * An address that is signed says what it does, and gives no one more than its own: mail programs post to it.
 * The few routes for HTML forms take those instead of JSON, and only where the browser says that a page of ours sends it.
 */
export const csrf = fastifyPlugin(
  (app, env: Pick<Env, 'PUBLIC_ORIGIN' | 'CORS_ORIGINS'>, done) => {
    const allowed = allowedOrigins(env)
    app.addHook('onRequest', (request, _reply, next) => {
      const hasBearer = bearerTokenOf(request) !== undefined
      if (hasBearer && request.sessionToken !== undefined) {
        return next(new AppError('request/ambiguous-credentials'))
      }
      if (safeMethods.has(request.method)) return next()
      if (request.routeOptions.config.signedAddress) return next()
      if (request.routeOptions.config.htmlForm)
        return next(refusalOfForm(request, env.PUBLIC_ORIGIN))
      if (!hasBearer && !isTrusted(request, allowed))
        return next(new AppError('request/cross-site'))
      if (request.routeOptions.config.multipart) return next()
      if (!isJson(request) && !isBare(request, hasBearer)) {
        return next(new AppError('request/unsupported-media-type'))
      }
      next()
    })
    done()
  },
  { name: 'csrf', fastify: '5.x', dependencies: ['cookies'] },
)

function refusalOfForm({ headers }: FastifyRequest, ownOrigin: string) {
  const { origin, 'sec-fetch-site': site, 'content-type': type = '' } = headers
  const isOurs = site === undefined ? origin === ownOrigin : site === 'same-origin'
  if (!isOurs) return new AppError('request/cross-site')
  const isForm = type.toLowerCase().startsWith('application/x-www-form-urlencoded')
  return isForm ? undefined : new AppError('request/unsupported-media-type')
}

const isJson = ({ method, url, headers }: FastifyRequest) =>
  isJsonType(headers['content-type'], method === 'PATCH' && isRestPath(url))

// No form can send these methods, and none of them needs a body; a bearer token comes from no form at all.
function isBare({ method, url, headers }: FastifyRequest, hasBearer: boolean) {
  const hasBody = (headers['content-length'] ?? '0') !== '0' || 'transfer-encoding' in headers
  if (hasBody || 'content-type' in headers || !isRestPath(url)) return false
  return hasBearer || method !== 'POST'
}

/** Whether a request comes from one of these origins, or from a program that brings no cookie. */
export function isTrusted(request: FastifyRequest, allowed: Set<string>) {
  const { origin, 'sec-fetch-site': site } = request.headers
  if (site === 'same-origin') return true
  if (origin !== undefined) return allowed.has(origin)
  return site === undefined && request.sessionToken === undefined
}
