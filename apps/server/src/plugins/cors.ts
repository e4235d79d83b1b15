import type { IncomingMessage } from 'node:http'
import fastifyCors from '@fastify/cors'
import { CONTRACT_HEADER } from '@galley/contract/skew'
import fastifyPlugin from 'fastify-plugin'
import type { Env } from '../env.ts'
import { isApiPath, isRestPath } from '../paths.ts'

const granted = {
  credentials: true,
  methods: ['GET', 'POST'],
  allowedHeaders: [
    'authorization',
    'content-type',
    'idempotency-key',
    'traceparent',
    'trpc-accept',
    'x-request-id',
  ],
  exposedHeaders: [
    CONTRACT_HEADER,
    'ratelimit',
    'ratelimit-policy',
    'retry-after',
    'www-authenticate',
    'x-request-id',
  ],
  maxAge: 600,
  strictPreflight: false,
}

/** What REST has besides: its methods, and the headers of conditional requests and of lists. */
const grantedByRest = {
  ...granted,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: [
    ...granted.allowedHeaders,
    'if-match',
    'if-modified-since',
    'if-none-match',
  ].toSorted(),
  exposedHeaders: [
    ...granted.exposedHeaders,
    'deprecation',
    'etag',
    'link',
    'location',
    'sunset',
  ].toSorted(),
}

/** What a page of this origin may do at this address; nothing where it may not call at all. */
export function grantFor(
  { url = '', headers: { origin } }: Pick<IncomingMessage, 'url' | 'headers'>,
  allowed: Set<string>,
) {
  if (!isApiPath(url) || origin === undefined || !allowed.has(origin)) return undefined
  return { ...(isRestPath(url) ? grantedByRest : granted), origin }
}

/** CORS for the API alone: an exact list of origins, never a reflection, never `null`; `Vary: Origin` always. */
export const cors = fastifyPlugin(
  async (app, env: Pick<Env, 'PUBLIC_ORIGIN' | 'CORS_ORIGINS'>) => {
    const allowed = allowedOrigins(env)
    await app.register(fastifyCors, {
      delegator: (request, done) => done(null, grantFor(request, allowed) ?? { origin: false }),
    })
  },
  { name: 'cors', fastify: '5.x' },
)

/** The origins whose pages may call the API with cookies: Galley's own and those of CORS_ORIGINS. */
export const allowedOrigins = ({
  PUBLIC_ORIGIN,
  CORS_ORIGINS,
}: Pick<Env, 'PUBLIC_ORIGIN' | 'CORS_ORIGINS'>) => new Set([PUBLIC_ORIGIN, ...CORS_ORIGINS])
