import type { FastifyPluginCallback } from 'fastify'
import { queryOf } from '../paths.ts'
import { callProcedure } from './forms/form.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Any site may send it: what it does follows from a signed address alone, whoever is signed in. */
    signedAddress?: boolean
  }
}

/**
 * What mail programs send when a person presses "unsubscribe" in them (RFC 8058): a POST to the address in the mail, from
 * elsewhere and without cookies. It ends what the address says and redirects nowhere; a GET of the address is a page.
 */
export const unsubscribe: FastifyPluginCallback = (app, _options, done) => {
  app.removeAllContentTypeParsers()
  // Always the same words, in either of two kinds of form: the address says all there is to say.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, parsed) => parsed(null))
  app.addHook('onRequest', app.authenticate)
  app.addHook('onRequest', (_request, reply, next) => {
    reply.header('cache-control', 'no-store')
    next()
  })
  const options = { bodyLimit: 4096, config: { signedAddress: true } }
  app.post('/unsubscribe', options, async (request, reply) => {
    const query = queryOf(request.url)
    const input = { token: query.get('token') ?? '' }
    const { error } = await callProcedure('notifications.unsubscribe', input, reply)
    if (error) throw error
    return reply.type('text/plain; charset=utf-8').send('You will get no more of these e-mails.\n')
  })
  done()
}
