import { once } from 'node:events'
import { initTRPC, tracked } from '@trpc/server'
import { createHTTPServer } from '@trpc/server/adapters/standalone'
import { createTRPCClient } from '@trpc/client'
import { EventSource } from 'eventsource'
import { expect, onTestFinished, test } from 'vitest'
import { galleyLinks } from '../src/links.ts'

// Galley's router has no subscription yet; one that has some shows that the links carry them.
const t = initTRPC.context<{ authorization: string | undefined }>().create()
const router = t.router({
  count: t.procedure
    .input((value: unknown) => Number(value))
    .subscription(async function* ({ ctx, input }) {
      for (let at = 1; at <= input; at++) yield tracked(String(at), { at, by: ctx.authorization })
    }),
  hello: t.procedure.query(() => 'hello'),
})

test('server-sent events arrive in order, with the token, beside ordinary calls', async () => {
  const server = createHTTPServer({
    router,
    basePath: '/trpc/',
    createContext: ({ req }) => ({ authorization: req.headers.authorization }),
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  const url = `http://127.0.0.1:${address.port}`
  const client = createTRPCClient<typeof router>({
    links: galleyLinks({ url, auth: { token: 'gly_x' }, EventSource }),
  })

  expect(await client.hello.query()).toBe('hello')
  const got: unknown[] = []
  await new Promise<void>((resolve, reject) => {
    const subscription = client.count.subscribe(3, {
      onData: ({ data }) => {
        got.push(data)
        if (got.length < 3) return
        subscription.unsubscribe()
        resolve()
      },
      onError: reject,
    })
  })
  expect(got).toEqual([1, 2, 3].map((at) => ({ at, by: 'Bearer gly_x' })))
})
