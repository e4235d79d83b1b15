import {
  createTRPCClient,
  httpBatchLink,
  httpBatchStreamLink,
  httpLink,
  httpSubscriptionLink,
  isNonJsonSerializable,
  retryLink,
  splitLink,
  TRPCClientError,
  type TRPCLink,
} from '@trpc/client'
import { EventSource } from 'undici'
import { describe, expect, test } from 'vitest'
import { optionsOf } from './options.ts'
import { newRouter } from './router.ts'
import { type Server, useBoth } from './servers.ts'

type Router = ReturnType<typeof newRouter>

const both = useBoth((told) => optionsOf(told, { router: newRouter({ isLazy: true }) }))

const links: Record<string, (url: string) => TRPCLink<Router>> = {
  httpLink: (url) => httpLink({ url }),
  httpBatchLink: (url) => httpBatchLink({ url, maxItems: 4 }),
  httpBatchStreamLink: (url) => httpBatchStreamLink({ url }),
  splitLink: (url) =>
    splitLink({
      condition: ({ input }) => isNonJsonSerializable(input),
      true: httpLink({ url }),
      false: httpBatchLink({ url }),
    }),
}

/** What a client gets of all it asks for at once: the results and the errors. */
async function ask(client: ReturnType<typeof createTRPCClient<Router>>) {
  const settled = await Promise.allSettled([
    client.hello.query(),
    client.echo.query({ a: 'ü' }),
    client.deep.er.leaf.query(),
    client.later?.leaf.query(),
    client.outputs.nothing.query(),
    client.strict.query({ a: 'x' } as never),
    client.failures.code.query({ code: 'CONFLICT', message: 'taken' }),
    client.failures.object.query(),
    client.add.mutate({ a: 1, b: 2 }),
    client.store.mutate([null, 'x']),
    client.failures.codeByMutation.mutate({ code: 'TOO_MANY_REQUESTS' }),
    client.about.query(),
  ])
  return settled.map((one) => (one.status === 'fulfilled' ? one.value : plain(one.reason)))
}

const plain = (error: unknown) =>
  error instanceof TRPCClientError
    ? { message: error.message, data: error.data, shape: error.shape }
    : error

const clientOf = ({ port }: Server, link: (url: string) => TRPCLink<Router>) =>
  createTRPCClient<Router>({ links: [link(`http://127.0.0.1:${port}/trpc`)] })

describe("tRPC's own client", () => {
  test.each(Object.entries(links))('sees the same with %s', async (_name, link) => {
    const expected = await ask(clientOf(both.official, link))
    expect(await ask(clientOf(both.ours, link))).toEqual(expected)
    expect(expected[0]).toBe('hello')
    expect(expected[8]).toBe(3)
  })

  test('uploads a form', async () => {
    const form = new FormData()
    form.set('name', 'ü')
    for (const server of [both.official, both.ours]) {
      const client = clientOf(server, (url) => httpLink({ url }))
      expect(await client.form.mutate(form)).toEqual([['name', 'ü']])
    }
  })

  test('subscribes by server-sent events', async () => {
    for (const server of [both.official, both.ours]) {
      const client = clientOf(server, (url) => httpSubscriptionLink({ url, EventSource }))
      expect(await numbersOf(client)).toEqual([1, 2, 3])
    }
  })

  test('retries what failed', async () => {
    const retried = { official: 0, ours: 0 }
    for (const name of ['official', 'ours'] as const) {
      const client = createTRPCClient<Router>({
        links: [
          retryLink({
            retry: ({ attempts, error }) => {
              retried[name] += 1
              return attempts < 3 && error.data?.code === 'SERVICE_UNAVAILABLE'
            },
          }),
          httpBatchLink({ url: `http://127.0.0.1:${both[name].port}/trpc` }),
        ],
      })
      const call = client.failures.code.query({ code: 'SERVICE_UNAVAILABLE' })
      await expect(call).rejects.toThrow('SERVICE_UNAVAILABLE')
    }
    expect(retried).toEqual({ official: 3, ours: 3 })
  })
})

function numbersOf(client: ReturnType<typeof createTRPCClient<Router>>) {
  const numbers: number[] = []
  return new Promise<number[]>((resolve, reject) => {
    client.count.subscribe(
      { to: 3 },
      {
        onData: ({ data }) => numbers.push(data),
        onComplete: () => resolve(numbers),
        onError: reject,
      },
    )
  })
}
