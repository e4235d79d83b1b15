import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { initTRPC } from '@trpc/server'
import { expect, test } from 'vitest'
import { headOf } from './raw.ts'
import { useBoth } from './servers.ts'

/** A router whose calls last until they are aborted, and note it. */
function slowRouter(told: string[]) {
  const { procedure, router } = initTRPC.create()
  const untilAborted = async ({ signal, path }: { signal?: AbortSignal; path: string }) => {
    told.push(`started ${path}`)
    if (signal && !signal.aborted) await once(signal, 'abort')
    told.push(`aborted ${path}`)
  }
  return router({
    slow: procedure.query(untilAborted),
    slowStore: procedure.mutation(untilAborted),
    patient: procedure.mutation(async ({ signal }) => {
      await wait(20)
      return { aborted: signal?.aborted }
    }),
    quick: procedure.query(({ signal }) => {
      signal?.addEventListener('abort', () => told.push('aborted after the response'))
      return 1
    }),
  })
}

const both = useBoth((told) => ({ router: slowRouter(told), createContext: () => ({}) }))
const limited = useBoth(
  (told) => ({ router: slowRouter(told), createContext: () => ({}) }),
  {},
  (app) => {
    app.addHook('onRequest', async (_request, reply) => {
      setTimeout(() => {
        if (!reply.sent) reply.code(503).send({})
      }, 50)
    })
  },
)
const headers = { 'content-type': 'application/json' }

test.each([
  ['a query', { target: '/trpc/slow' }, ['slow']],
  ['a batch', { target: '/trpc/slow,slow?batch=1' }, ['slow', 'slow']],
  ['a mutation', { method: 'POST', target: '/trpc/slowStore', body: '{}', headers }, ['slowStore']],
])('%s is aborted when its caller leaves', async (_name, request, paths) => {
  for (const { port, told } of [both.official, both.ours]) {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.write(headOf(request))
    if ('body' in request) socket.write(request.body)
    await expect.poll(() => told).toEqual(paths.map((path) => `started ${path}`))
    socket.destroy()
    await expect
      .poll(() => told.slice(paths.length))
      .toEqual(paths.map((path) => `aborted ${path}`))
    told.length = 0
  }
})

test('a caller that leaves in the middle of its body starts nothing', async () => {
  for (const { port, told } of [both.official, both.ours]) {
    const socket = connect({ port, host: '127.0.0.1' })
    const request = { method: 'POST', target: '/trpc/slowStore', body: '{"a":1}', headers }
    socket.write(headOf(request))
    socket.write('{"a"')
    await wait(20)
    socket.destroy()
    await wait(20)
    expect(told).toEqual([])
  }
})

test('a response that was sent aborts nothing', async () => {
  for (const { port, told } of [both.ours, limited.ours]) {
    const response = await fetch(`http://127.0.0.1:${port}/trpc/quick`)
    expect(await response.json()).toEqual({ result: { data: 1 } })
    await wait(60)
    expect(told).toEqual([])
  }
})

test('a call is aborted when something else responds, whatever the method', async () => {
  for (const [path, init] of [
    ['slow', {}],
    ['slowStore', { method: 'POST', body: '{}', headers }],
  ] as const) {
    const { port, told } = limited.ours
    const response = await fetch(`http://127.0.0.1:${port}/trpc/${path}`, init)
    expect(response.status).toBe(503)
    await expect.poll(() => told).toEqual([`started ${path}`, `aborted ${path}`])
    told.length = 0
  }
})

test('a mutation whose body was read is not aborted while it runs', async () => {
  const { port } = both.ours
  const response = await fetch(`http://127.0.0.1:${port}/trpc/patient`, {
    method: 'POST',
    body: '{}',
    headers,
  })
  expect(await response.json()).toEqual({ result: { data: { aborted: false } } })
})
