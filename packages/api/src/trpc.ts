import type { Ctx } from '@galley/core/ctx'
import { AppError } from '@galley/core/errors'
import { initTRPC, TRPCError } from '@trpc/server'
import { errorData, toCallerError } from './errors.ts'

export type Meta = {
  /** Who may call: anybody, or only a signed-in person. Finer rules are policies in `core`. */
  access: 'public' | 'signed-in'
  /** What a call takes from the caller's allowance; a plain indexed read is 1. */
  cost: number
}

const t = initTRPC
  .context<Ctx>()
  .meta<Meta>()
  .create({
    isDev: false, // an error shape never carries a stack, whatever NODE_ENV says
    errorFormatter: ({ shape, error, ctx }) => {
      const appError = toCallerError(error)
      const data = errorData(appError, ctx?.requestId ?? '')
      return { ...shape, message: appError.message, data: { ...shape.data, ...data } }
    },
  })

export const { router, createCallerFactory } = t

/** Each call, alone or in a batch: logged under its own id, its error mapped once, charged. */
const guarded = t.procedure
  .use(async ({ ctx, path, type, batchIndex, next }) => {
    const started = performance.now()
    const result = await next()
    const ms = Math.round((performance.now() - started) * 10) / 10
    const call = { callId: `${ctx.requestId}.${batchIndex}`, path, type, ms }
    if (result.ok) {
      ctx.log.info(call, 'call')
      return result
    }
    const error = toCallerError(result.error)
    const failed = { ...call, reason: error.reason }
    if (error.code === 'INTERNAL_SERVER_ERROR') {
      ctx.log.error({ ...failed, err: error.cause }, 'call failed')
    } else ctx.log.info(failed, 'call refused')
    throw new TRPCError({ code: error.code, message: error.message, cause: error })
  })
  .use(async ({ ctx, meta, path, next }) => {
    if (!meta) throw new Error(`${path} declares neither access nor cost`)
    await ctx.charge(meta.cost)
    return next()
  })

/** A procedure that anybody may call. */
export const publicProcedure = ({ cost }: { cost: number }) =>
  guarded.meta({ access: 'public', cost })

/** A procedure that only a signed-in person may call. */
export const authedProcedure = ({ cost }: { cost: number }) =>
  guarded.meta({ access: 'signed-in', cost }).use(({ ctx: { actor }, next }) => {
    if (actor.kind !== 'user') throw new AppError('session/required')
    return next({ ctx: { actor } })
  })
