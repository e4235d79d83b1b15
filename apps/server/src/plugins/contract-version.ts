import { CONTRACT_HEADER, contractHeader } from '@galley/contract/skew'
import type { FastifyInstance } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { isApiPath } from '../paths.ts'

/** Tells callers, with every response of the API, which contract it keeps: they notice when theirs is another. */
export const contractVersion = fastifyPlugin(
  async (app: FastifyInstance) => {
    const version = contractHeader()
    app.addHook('onRequest', (request, reply, next) => {
      if (isApiPath(request.url)) reply.header(CONTRACT_HEADER, version)
      next()
    })
  },
  { name: 'contract-version', fastify: '5.x' },
)
