import { type AnyTRPCRouter, TRPCError } from '@trpc/server'
import type { TrpcOptions } from '../src/options.ts'
import { type Context, newRouter } from './router.ts'

/** tRPC's options with everything an application may do around calls; what it is told is noted in `told`. */
export function optionsOf(told: string[], changes: Partial<TrpcOptions<AnyTRPCRouter>> = {}) {
  const options: TrpcOptions<AnyTRPCRouter> = {
    router: newRouter(),
    createContext({ req, res, info }): Context {
      const { calls, signal: _signal, url, ...about } = info
      told.push(`context ${JSON.stringify({ ...about, paths: calls.map(({ path }) => path) })}`)
      const wish = req.headers['x-context']
      if (wish === 'error') throw new Error('no context')
      if (wish === 'refusal') throw new TRPCError({ code: 'UNAUTHORIZED' })
      if (wish === 'string') throw 'no context' // eslint-disable-line no-throw-literal
      if (wish === 'cookie') res.header('set-cookie', ['a=1', 'b=2; HttpOnly'])
      if (wish === 'header') res.header('x-from', 'context').code(202)
      return { req, res, url: url?.pathname && `${url.pathname}${url.search}` }
    },
    onError({ error, path, input, ctx, type, req }) {
      const about = { code: error.code, path, input, type, hasContext: ctx !== undefined }
      told.push(`error ${error.message} ${JSON.stringify(about)} ${req.url}`)
      if (error.message === 'break onError') throw new Error('onError is broken')
    },
    ...changes,
  }
  return options
}
