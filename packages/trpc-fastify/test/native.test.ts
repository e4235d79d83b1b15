import { initTRPC, TRPCError } from '@trpc/server'
import { fastify, type FastifyRequest } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { trpcFastify, type TrpcFastifyOptions } from '../src/plugin.ts'

type Context = { requestId: string }

const { procedure, router } = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, ctx }) => ({ ...shape, requestId: ctx?.requestId }),
})
const appRouter = router({
  big: procedure.query(() => 'ü'.repeat(1000)),
  small: procedure.query(({ ctx }) => ctx.requestId),
  fails: procedure.mutation(() => {
    throw new Error('failed')
  }),
  refuses: procedure.query(() => {
    throw new TRPCError({ code: 'TOO_MANY_REQUESTS' })
  }),
  // eslint-disable-next-line typescript/require-await -- tRPC subscriptions are async generators
  ticks: procedure.subscription(async function* () {
    yield 'ü'.repeat(1000)
  }),
})

type Options = TrpcFastifyOptions<typeof appRouter>

let app = fastify()
afterEach(() => app.close())

function build(options: Partial<Options> = {}) {
  app = fastify({ genReqId: () => 'the-id' })
  const createContext: Options['createContext'] = ({ id }) => ({ requestId: id })
  app.register(trpcFastify, { router: appRouter, createContext, ...options })
  return app
}

test('hooks see the status and the text of an answer, and may change its headers', async () => {
  const seen: unknown[] = []
  build()
  app.addHook('onSend', (request, reply, payload, done) => {
    seen.push([reply.statusCode, payload])
    reply.header('vary', `${String(reply.getHeader('vary'))}, origin`)
    done()
  })
  app.addHook('onResponse', (_request, reply, done) => {
    seen.push(reply.statusCode)
    done()
  })
  const answer = await app.inject('/no.such')
  expect(seen).toEqual([[404, answer.body], 404])
  expect(answer.headers['vary']).toBe('trpc-accept, accept, origin')
  expect(answer.headers['content-length']).toBe(String(answer.rawPayload.length))
})

test('a body that is too large is refused by Fastify, before any call', async () => {
  build({ bodyLimit: 10 })
  const answer = await app.inject({ method: 'POST', url: '/fails', body: { long: 'long' } })
  expect([answer.statusCode, answer.json().code]).toEqual([413, 'FST_ERR_CTP_BODY_TOO_LARGE'])
})

test.each(['/big', '/b%2569g', '/big?batch=1', '/big?connectionParams=null'])(
  'a response that is too large is not sent: %s',
  async (url) => {
    const told: string[] = []
    build({
      responseLimit: 1500,
      onError: ({ error }) => told.push(error.message),
    })
    const answer = await app.inject(url)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([500, 'application/json'])
    expect(answer.json().error.message).toBe('The response has more than 1500 bytes')
    expect(told).toEqual(['The response has more than 1500 bytes'])
  },
)

test.each(['/small', '/big', '/small?connectionParams=null'])(
  'a response within the limit is sent unchanged: %s',
  async (url) => {
    const free = await build().inject(url)
    await app.close()
    const limited = await build({ responseLimit: 3000 }).inject(url)
    expect([limited.statusCode, limited.body]).toEqual([200, free.body])
    expect(limited.headers['content-type']).toBe('application/json')
  },
)

test('the context is made once for all calls of a batch', async () => {
  const made: string[] = []
  build({
    createContext({ id, url }) {
      made.push(url)
      return { requestId: id }
    },
  })
  const response = await app.inject('/small,small?batch=1')
  expect(response.json()).toEqual([{ result: { data: 'the-id' } }, { result: { data: 'the-id' } }])
  expect(made).toEqual(['/small,small?batch=1'])
})

test.each([
  ['a procedure', '/no.such', {}],
  ['the parameters of a connection', '/small?connectionParams={', {}],
  ['the same in a batch', '/small,small?batch=1&connectionParams={', {}],
  ['a stream', '/small?batch=1&connectionParams={', { 'trpc-accept': 'application/jsonl' }],
  ['a form', '/small,small?batch=1', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['a batch that is too large', '/small,small,small,small?batch=1', {}],
  ['the size of the response', '/big,big,big?batch=1', {}],
])('an error over %s has the context', async (_what, url, headers) => {
  const ids: unknown[] = []
  const onError: Options['onError'] = ({ ctx }) => ids.push(ctx?.requestId)
  build({ maxBatchSize: 3, responseLimit: 5000, onError })
  const response = await app.inject({ url, headers })
  expect(response.statusCode).toBeGreaterThanOrEqual(400)
  expect(response.json().error.requestId).toBe('the-id')
  expect(ids).toEqual(['the-id'])
})

test('a response with errors has the headers for them', async () => {
  build({ errorHeaders: (errors) => ({ 'retry-after': String(errors.length) }) })
  const one = await app.inject('/refuses,small?batch=1')
  const streamed = await app.inject({
    url: '/refuses?connectionParams=null',
    headers: { 'content-type': 'application/json' },
  })
  expect([one.headers['retry-after'], streamed.headers['retry-after']]).toEqual(['1', '1'])
  expect((await app.inject('/small')).headers).not.toHaveProperty('retry-after')
})

test.for([
  ['/big,no.such?batch=1&batch=1', true, ['big', 'no.such'], null],
  ['/big,no.such?batch=2&batch=1', false, ['big,no.such'], null],
  ['/big?input=%7B%7D&input=1', false, ['big'], '{}'],
] as const)('hooks can read what will run: %s', async ([url, isBatch, paths, input]) => {
  const seen: unknown[] = []
  build()
  app.addHook('preParsing', async ({ trpcCalls }) => void seen.push(trpcCalls))
  await app.inject(url)
  expect(seen).toEqual([{ isBatch, paths, input, hasConnectionParams: false }])
})

test('a body is decoded as the application wants', async () => {
  const inputs: unknown[] = []
  const echo = procedure.input((input) => inputs.push(input)).mutation(() => null)
  for (const decodeBody of [undefined, (body: Buffer) => body.toString('latin1')]) {
    app = fastify()
    app.register(trpcFastify, {
      router: router({ echo }),
      createContext: ({ id }: FastifyRequest) => ({ requestId: id }),
      ...(decodeBody && { decodeBody }),
    })
    const headers = { 'content-type': 'application/json' }
    await app.inject({
      method: 'POST',
      url: '/echo',
      headers,
      payload: Buffer.from('"\xE9"', 'latin1'),
    })
  }
  expect(inputs).toEqual(['\uFFFD', '\xE9'])
})
