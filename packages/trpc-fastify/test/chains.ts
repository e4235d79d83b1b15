import { type AnyTRPCQueryProcedure, initTRPC, TRPCError } from '@trpc/server'
import { z } from 'zod'
import type { Context } from './router.ts'

const { procedure } = initTRPC.context<Context>().create({ isDev: false })

// Older versions of tRPC have no formatter of a procedure's own.
const formatted =
  'errors' in procedure
    ? procedure.errors(({ shape, error }) => ({ ...shape, message: `formatted ${error.message}` }))
    : procedure

/** Procedures with all that middlewares may do. */
export function chains() {
  const noting = (name: string) =>
    procedure.use(async ({ next, ctx, input, meta, path, type, batchIndex, ...rest }) => {
      const seen = [name, path, type, batchIndex, input, meta, Object.keys(rest).toSorted()]
      const result = await next({ ctx: { seen } })
      ctx.res.header(
        `x-${name}-${batchIndex}`,
        JSON.stringify([...seen, result.ok, Object.keys(result)]),
      )
      return result
    })
  const both = noting('outer').concat(noting('inner'))
  const later = <R>(value: R) => Promise.resolve(value)

  return {
    context: both
      .meta({ of: 'it' })
      .input(z.object({ a: z.number() }))
      .query(({ ctx, input }) => [ctx.seen, Object.keys(ctx).toSorted(), input]),
    contextInTurn: procedure
      .use(({ next }) => next({ ctx: { a: 1, b: 1 } }))
      .use(({ next }) => next({ ctx: { b: 2 } }))
      .use(({ next }) => next())
      .query(({ ctx: { a, b } }) => [a, b]),
    input: procedure
      .use(({ next }) => next({ input: { a: 'from a middleware' } } as never))
      .query(({ input }) => input ?? null),
    rawInput: procedure
      .use(({ next }) => next({ getRawInput: () => later({ a: 'other' }) }))
      .input(z.object({ a: z.string() }))
      .query(({ input }) => input),
    inputs: procedure
      .input(z.object({ a: z.number() }))
      .input(z.object({ b: z.number() }))
      .query(({ input }) => input),
    rawAfter: procedure
      .input(z.object({ a: z.number() }))
      .use(async ({ getRawInput, next }) => {
        await getRawInput()
        return next()
      })
      .query(({ input }) => input),
    replaced: procedure
      .use(async ({ next }) => {
        const result = await next()
        return result.ok ? { ...result, data: 'replaced' } : result
      })
      .query(() => 'first'),
    recovered: procedure
      .use(async ({ next }) => {
        const result = await next()
        return result.ok ? result : next({ ctx: { again: true } })
      })
      .query(({ ctx }) => {
        if ('again' in ctx) return 'at the second try'
        throw new Error('at the first')
      }),
    mapped: procedure
      .use(async ({ next }) => {
        const result = await next()
        if (!result.ok) throw new TRPCError({ code: 'CONFLICT', cause: result.error })
        return result
      })
      .query(() => {
        throw new RangeError('within')
      }),
    throwsBefore: both
      .use(() => {
        throw new Error('before')
      })
      .query(() => 1),
    throwsAfter: both
      .use(async ({ next }) => {
        await next()
        throw new Error('after')
      })
      .query(() => 1),
    formatted: formatted.input(z.object({ a: z.number() }).optional()).query(() => {
      throw new TRPCError({ code: 'FORBIDDEN', message: 'no' })
    }),
    called: procedure
      .input(z.string().optional())
      .experimental_caller(async ({ args: [options], invoke }) => [
        'by its caller',
        await invoke(options as never),
      ])
      .query(({ input }) => input ?? 'none') as unknown as AnyTRPCQueryProcedure,
    output: procedure
      .input(z.number())
      .output(z.string().transform((text) => `${text}!`))
      .query(({ input }) => String(input)),
    asyncParser: procedure
      .input(async (value: unknown) => later({ parsed: value }))
      .query(({ input }) => input),
    failingParser: procedure
      .input(() => {
        throw new Error('no such input')
      })
      .query(() => 1),
  }
}
