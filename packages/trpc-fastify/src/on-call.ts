import type { AnyTRPCProcedure, AnyTRPCRouter, TRPCError } from '@trpc/server'
import { getTRPCErrorFromUnknown } from '@trpc/server'
import { callProcedure, type CallOptions } from './procedure.ts'

/** A procedure that has run. */
export type Call = {
  path: string
  type: 'query' | 'mutation' | 'subscription'
  /** Its place in the batch. */
  batchIndex: number
  ms: number
  /** Why it failed. */
  error?: TRPCError
  ctx: unknown
}

export type OnCall = (call: Call) => void

/** The same router, whose procedures tell `onCall` when they have run. */
export function watchCalls<TRouter extends AnyTRPCRouter>(
  router: TRouter,
  onCall: OnCall,
): TRouter {
  const watched = new WeakMap<AnyTRPCProcedure, AnyTRPCProcedure>()
  // Asked for by path rather than copied: a router that is loaded later adds to them.
  const procedures = new Proxy<Record<string, AnyTRPCProcedure | undefined>>(
    router._def.procedures,
    {
      get(all, path) {
        const procedure = typeof path === 'string' ? all[path] : undefined
        if (!procedure) return undefined
        const known = watched.get(procedure) ?? watchCall(procedure, onCall)
        watched.set(procedure, known)
        return known
      },
    },
  )
  return { ...router, _def: { ...router._def, procedures } }
}

function watchCall(procedure: AnyTRPCProcedure, onCall: OnCall): AnyTRPCProcedure {
  const run = async (options: CallOptions) => {
    const started = performance.now()
    const outcome = await settle(() => callProcedure(procedure, options))
    const { path, type, batchIndex, ctx } = options
    const error = 'error' in outcome ? getTRPCErrorFromUnknown(outcome.error) : undefined
    onCall({ path, type, batchIndex, ctx, error, ms: performance.now() - started })
    if ('error' in outcome) throw outcome.error
    return outcome.data
  }
  // Without its middlewares, lest somebody calls these and nobody is told.
  const _def = { ...procedure._def, middlewares: undefined }
  return Object.assign(run, procedure, { _def })
}

async function settle(run: () => Promise<unknown>) {
  try {
    return { data: await run() }
  } catch (error) {
    return { error }
  }
}
