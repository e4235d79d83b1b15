import { AppError } from '@galley/platform/errors'
import fastifyPlugin from 'fastify-plugin'
import { isUtf8Target } from '../json/encoding.ts'
import { isHost } from '../request-headers.ts'

const MAX_URL_LENGTH = 8192
const methods = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * What is refused before anything looks at it: addresses over 8 KB, of a proxy's form or not in UTF-8, a `Host`
 * that names none (RFC 9112, 3.2), TRACE and other odd methods.
 */
export const requestGuards = fastifyPlugin(
  (app, _options, done) => {
    app.addHook('onRequest', (request, reply, next) => {
      if (!methods.has(request.method)) {
        reply.header('allow', [...methods].join(', '))
        return next(new AppError('route/method-not-allowed'))
      }
      if (!isHost(request.headers.host)) return next(new AppError('request/malformed'))
      if (!request.url.startsWith('/')) return next(new AppError('request/malformed'))
      if (request.url.length > MAX_URL_LENGTH) {
        reply.code(414)
        return next(new AppError('request/too-large'))
      }
      if (!isUtf8Target(request.url)) return next(new AppError('request/not-utf-8'))
      next()
    })
    done()
  },
  { name: 'request-guards', fastify: '5.x' },
)
