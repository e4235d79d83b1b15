import { initTRPC, lazy, tracked, TRPCError } from '@trpc/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { chains } from './chains.ts'

export type Context = { req: FastifyRequest; res: FastifyReply }

type Transformer = {
  serialize: (value: unknown) => unknown
  deserialize: (value: never) => unknown
}

type Wanted = { transformer?: Transformer; isLazy?: boolean }

/** A router with a procedure for each thing that may happen; new for each server, since lazy parts load once. */
export function newRouter({ transformer, isLazy }: Wanted = {}) {
  const t = initTRPC.context<Context>().create({
    isDev: false,
    ...(transformer && { transformer }),
    errorFormatter: ({ shape, error, input, type, path }) => {
      if (error.message === 'break the formatter') throw new Error('The formatter is broken')
      const httpStatus = error.message === 'teapot' ? 418 : shape.data.httpStatus
      const seen = { input: input ?? null, type, path: path ?? null }
      return { ...shape, data: { ...shape.data, httpStatus, seen, cause: error.cause?.message } }
    },
  })
  const { procedure, router } = t
  const codes = z.object({ code: z.custom<TRPCError['code']>(), message: z.string().optional() })
  const twice = procedure.use(async ({ getRawInput, next }) => {
    const [one, two] = await Promise.all([getRawInput(), getRawInput()])
    if (one !== two) throw new Error('Two inputs')
    return next()
  })

  const outputs = router({
    nothing: procedure.query(() => undefined),
    nil: procedure.query(() => null),
    no: procedure.query(() => false),
    empty: procedure.query(() => ''),
    text: procedure.query(() => 'é\u2028😀\u0000"\\/<script>'),
    date: procedure.query(() => new Date(0)),
    list: procedure.query(() => [1, undefined, null, Number.NaN]),
    big: procedure.input(z.number()).query(({ input }) => 'x'.repeat(input)),
    bigint: procedure.query(() => ({ n: 1n })),
    circular: procedure.query(() => circular()),
    throwsInJson: procedure.query(() => ({
      toJSON() {
        throw new Error('not in JSON')
      },
    })),
    function: procedure.query(() => () => 1),
    promise: procedure.query(() => ({ later: Promise.resolve(1) })),
    promiseInList: procedure.query(() => [Promise.resolve(1)]),
    // eslint-disable-next-line unicorn/no-thenable -- looks like a promise, and is none
    thenable: procedure.query(() => ({ one: Object.assign(() => 1, { then: 1, catch: 1 }) })),
    // eslint-disable-next-line typescript/require-await -- what matters is that it is an async iterable
    stream: procedure.query(async function* () {
      yield 1
      yield 2
    }),
    wrong: procedure.output(z.string()).query(() => 1 as never),
    stripped: procedure.output(z.object({ a: z.number() })).query(() => ({ a: 1, b: 2 })),
  })

  const failures = router({
    string: procedure.query(() => fail('a string')),
    null: procedure.query(() => fail(null)),
    undefined: procedure.query(() => fail(undefined)),
    number: procedure.query(() => fail(7)),
    object: procedure.query(() => fail({ message: 'an object', extra: 1 })),
    array: procedure.query(() => fail([1])),
    error: procedure.query(() => fail(new TypeError('a type error'))),
    named: procedure.query(() =>
      fail(Object.assign(new Error('by name'), { name: 'TRPCError', code: 'CONFLICT' })),
    ),
    code: procedure.input(codes).query(({ input }) => fail(new TRPCError(input))),
    codeByMutation: procedure.input(codes).mutation(({ input }) => fail(new TRPCError(input))),
    noNext: procedure.use(() => undefined as never).query(() => 1),
  })

  return router({
    outputs,
    failures,
    chains: chains(),
    hello: procedure.query(() => 'hello'),
    echo: procedure.input(z.unknown()).query(({ input }) => input),
    strict: procedure
      .input(z.strictObject({ a: z.number(), b: z.string().optional() }))
      .query(({ input }) => input),
    optional: procedure.input(z.string().optional()).query(({ input }) => input ?? 'none'),
    twice: twice.input(z.unknown()).query(({ input }) => input),
    add: procedure
      .input(z.object({ a: z.number(), b: z.number() }))
      .mutation(({ input: { a, b } }) => a + b),
    store: procedure.input(z.unknown()).mutation(({ input }) => ({ stored: input })),
    touch: procedure.mutation(() => 'touched'),
    about: procedure.query(({ ctx, path, batchIndex, signal }) => {
      return { path, batchIndex, aborted: signal?.aborted, url: ctx.req.url }
    }),
    answers: procedure.query(({ ctx: { res } }) => {
      res.code(201).header('x-set-by', 'a call').header('content-type', 'text/html')
      res.header('set-cookie', 'by=call').header('vary', 'cookie')
      return 1
    }),
    form: procedure
      .input(z.instanceof(FormData))
      .mutation(({ input }) => [...input].map(([name, value]) => [name, value])),
    deep: router({ er: router({ leaf: procedure.query(() => 'leaf') }) }),
    ...(isLazy && {
      later: lazy(async () => ({ router: router({ leaf: procedure.query(() => 'late leaf') }) })),
    }),
    count: procedure
      .input(z.object({ to: z.number(), lastEventId: z.string().optional() }))
      // eslint-disable-next-line typescript/require-await -- tRPC subscriptions are async generators
      .subscription(async function* ({ input }) {
        for (let n = 1; n <= input.to; n++) yield tracked(String(n), n)
      }),
  })
}

function circular() {
  const one: Record<string, unknown> = {}
  one['self'] = one
  return one
}

function fail(cause: unknown): never {
  throw cause
}
