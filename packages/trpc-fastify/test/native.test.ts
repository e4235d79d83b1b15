import { initTRPC, lazy } from '@trpc/server'
import { fastify } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { type Call, trpcFastify, type TrpcFastifyOptions, type TrpcOptions } from '../src/plugin.ts'
import { newRouter } from './router.ts'

const { procedure, router } = initTRPC.create()
const later = router({ leaf: procedure.query(() => 'leaf') })
const appRouter = router({
  later: lazy(async () => ({ later })),
  big: procedure.query(() => 'ü'.repeat(1000)),
  fails: procedure.mutation(() => {
    throw new Error('failed')
  }),
  // eslint-disable-next-line typescript/require-await -- tRPC subscriptions are async generators
  ticks: procedure.subscription(async function* () {
    yield 'ü'.repeat(1000)
  }),
})

type Options = Partial<TrpcFastifyOptions<typeof appRouter>>

let app = fastify()
afterEach(() => app.close())

function build({ trpcOptions, ...options }: Options = {}) {
  app = fastify()
  app.register(trpcFastify, { ...options, trpcOptions: { router: appRouter, ...trpcOptions } })
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
  'an answer that is too large is not sent: %s',
  async (url) => {
    const told: string[] = []
    build({
      responseLimit: 1500,
      trpcOptions: { router: appRouter, onError: ({ error }) => told.push(error.message) },
    })
    const answer = await app.inject(url)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([500, 'application/json'])
    expect(answer.json().error.message).toBe('The answer has more than 1500 bytes')
    expect(told).toEqual(['The answer has more than 1500 bytes'])
  },
)

test.each(['/later.leaf', '/big', '/later.leaf?connectionParams=null'])(
  'an answer within the limit is sent as it is: %s',
  async (url) => {
    const free = await build().inject(url)
    await app.close()
    const limited = await build({ responseLimit: 3000 }).inject(url)
    expect([limited.statusCode, limited.body]).toEqual([200, free.body])
    expect(limited.headers['content-type']).toBe('application/json')
  },
)

test('each procedure that has run is told, by whatever way it was called', async () => {
  const calls: Call[] = []
  build({ onCall: (call) => calls.push(call) })
  await app.inject('/later.leaf')
  await app.inject('/big,no.such,later.leaf?batch=1')
  await app.inject({ method: 'POST', url: '/fails', body: {} })
  await app.inject({ url: '/big?batch=1', headers: { 'trpc-accept': 'application/jsonl' } })
  expect(calls.map((call) => [call.path, call.type, call.batchIndex, call.error?.message])).toEqual(
    [
      ['later.leaf', 'query', 0, undefined],
      ['big', 'query', 0, undefined],
      ['later.leaf', 'query', 2, undefined],
      ['fails', 'mutation', 0, 'failed'],
      ['big', 'query', 0, undefined],
    ],
  )
  expect(calls.every(({ ms }) => ms >= 0 && ms < 1000)).toBe(true)
})

test('the context is made once for a batch, with the address of the request', async () => {
  const made: unknown[] = []
  const trpcOptions: TrpcOptions<ReturnType<typeof newRouter>> = {
    router: newRouter(),
    createContext({ req, res, info }) {
      made.push([info.calls.map(({ path }) => path), info.url?.href])
      return { req, res, url: undefined }
    },
  }
  app = fastify()
  app.register(trpcFastify, { prefix: '/trpc', trpcOptions })
  await app.inject('/trpc/hello,hello?batch=1')
  expect(made).toEqual([[['hello', 'hello'], 'http://localhost/trpc/hello,hello?batch=1']])
})

test.for([
  ['/big,no.such?batch=1&batch=1', true, ['big', 'no.such'], null],
  ['/big,no.such?batch=2&batch=1', false, ['big,no.such'], null],
  ['/big?input=%7B%7D&input=1', false, ['big'], '{}'],
] as const)('hooks are told what will run: %s', async ([url, isBatch, paths, input]) => {
  const told: unknown[] = []
  build()
  app.addHook('preParsing', async ({ trpcCalls }) => void told.push(trpcCalls))
  await app.inject(url)
  expect(told).toEqual([{ isBatch, paths, input, hasConnectionParams: false }])
})

test('a body is decoded as the application wants', async () => {
  const inputs: unknown[] = []
  const echo = procedure.input((input) => inputs.push(input)).mutation(() => null)
  for (const decodeBody of [undefined, (body: Buffer) => body.toString('latin1')]) {
    const trpcOptions = { router: router({ echo }) }
    app = fastify()
    app.register(trpcFastify, { trpcOptions, ...(decodeBody && { decodeBody }) })
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
