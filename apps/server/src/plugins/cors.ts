import fastifyCors, { type FastifyCorsOptions } from '@fastify/cors'
import fastifyPlugin from 'fastify-plugin'
import type { Env } from '../env.ts'
import { allowedOrigins } from '../allowed-origins.ts'
import { isApiPath } from '../paths.ts'

const granted = {
  credentials: true,
  methods: ['GET', 'POST'],
  allowedHeaders: ['authorization', 'content-type', 'traceparent', 'trpc-accept', 'x-request-id'],
  exposedHeaders: [
    'ratelimit',
    'ratelimit-policy',
    'retry-after',
    'www-authenticate',
    'x-request-id',
  ],
  maxAge: 600,
  strictPreflight: false,
}

/** CORS for the API alone: an exact list of origins, never a reflection, never `null`; `Vary: Origin` always. */
export const cors = fastifyPlugin(
  async (app, env: Pick<Env, 'PUBLIC_ORIGIN' | 'CORS_ORIGINS'>) => {
    const allowed = allowedOrigins(env)
    await app.register(fastifyCors, {
      delegator(request, done) {
        const { origin } = request.headers
        const isGranted = isApiPath(request.url) && origin !== undefined && allowed.has(origin)
        done(
          null,
          isGranted ? { ...granted, origin } : ({ origin: false } satisfies FastifyCorsOptions),
        )
      },
    })
  },
  { name: 'cors', fastify: '5.x' },
)
