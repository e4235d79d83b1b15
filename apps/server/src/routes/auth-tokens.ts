import { type AppDeps, kept } from '@galley/api/ctx'
import { fieldErrors } from '@galley/api/errors'
import { ByRefreshToken, CreateTokenPair, TokenPair } from '@galley/contract/platform/tokens'
import { AppError } from '@galley/platform/errors'
import { revokeTokenPair } from '@galley/platform/tokens/manage'
import { refreshTokenPair } from '@galley/platform/tokens/refresh'
import { createTokenPair } from '@galley/platform/tokens/sign-in'
import type { FastifyPluginCallback } from 'fastify'
import type { z } from 'zod'
import { otherMethods } from './rest.ts'

/**
 * Under `/api/v1/auth`: how API clients sign in, go on and sign out. What counts is in the body: a session cookie or an
 * old access token that comes along signs nobody in here. A refresh token cannot be guessed, so only sign-in is
 * charged to the allowance for guessers. The responses are secrets, so none is kept for an `Idempotency-Key`.
 */
export const authTokens: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('onRequest', (_request, reply, next) => {
    reply.header('cache-control', 'no-store')
    next()
  })
  app.addHook('onRequest', app.ignoreCredentials)
  app.addHook('onRequest', ({ ctx }, _reply, next) =>
    next(
      ctx.idempotencyKey === undefined
        ? undefined
        : new AppError('request/idempotency-key-unsupported'),
    ),
  )

  app.post('/tokens', async ({ ctx, body }) => {
    await ctx.charge(10)
    await ctx.charge(1, 'sign-in')
    return TokenPair.parse(await createTokenPair(ctx, read(CreateTokenPair, body), kept(ctx)))
  })
  app.post('/refresh', async ({ ctx, body }) => {
    await ctx.charge(5)
    return TokenPair.parse(await refreshTokenPair(ctx, read(ByRefreshToken, body)))
  })
  app.post('/revoke', async ({ ctx, body }) => {
    await ctx.charge(2)
    await revokeTokenPair(ctx, read(ByRefreshToken, body))
    return {}
  })
  const routes = ['/tokens', '/refresh', '/revoke'].map((url) => ({ method: 'POST', url }))
  app.register(otherMethods, { routes })
  done()
}

function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const { error } = parsed
  throw new AppError('request/invalid', { cause: error, fields: fieldErrors(error) })
}

/** A key that was revoked is believed by others for no longer than this; one that is new, they look up. */
const CACHE_SECONDS = 60

/** The public keys of our access tokens (RFC 7517), for services that verify them without asking us. */
export const signingKeys: FastifyPluginCallback<{ deps: Pick<AppDeps, 'signingKeys'> }> = (
  app,
  { deps },
  done,
) => {
  app.get('/.well-known/jwks.json', async (_request, reply) => {
    await reply.charge(1)
    const keys = await deps.signingKeys.publicKeys()
    reply.header('cache-control', `public, max-age=${CACHE_SECONDS}`)
    return reply.type('application/jwk-set+json').send(JSON.stringify(keys))
  })
  done()
}
