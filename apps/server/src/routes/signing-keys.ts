import type { AppDeps } from '@galley/api/ctx'
import type { FastifyPluginCallback } from 'fastify'

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
