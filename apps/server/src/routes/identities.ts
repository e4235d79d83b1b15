import { kept, withCookies } from '@galley/api/ctx'
import { ProviderName } from '@galley/contract/platform/identities'
import { finishIdentity } from '@galley/platform/identities/finish'
import type { FastifyPluginCallback } from 'fastify'
import { z } from 'zod'
import { queryOf } from '../paths.ts'

const Params = z.object({ provider: ProviderName.catch('unknown') })

/**
 * Where providers send browsers back to. The response is a redirect to a page, whatever the outcome, which neither caches
 * nor tells in a Referer what was in the address: a code, a state.
 */
export const identities: FastifyPluginCallback = (app, _options, done) => {
  app.addHook('onRequest', app.authenticate)
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    await reply.charge(5)
    await reply.charge(1, 'sign-in')
  })
  app.get('/:provider/callback', { exposeHeadRoute: false }, async (request, reply) => {
    const { provider } = Params.parse(request.params)
    const query = queryOf(request.url)
    const { ctx } = request
    const finished = finishIdentity(ctx, { provider, query }, kept(ctx))
    return reply.redirect(await withCookies(ctx, finished), 303)
  })
  done()
}
