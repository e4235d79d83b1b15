import type { AppRouter } from '@galley/api/root'
import { createTRPCClient } from '@trpc/client'
import { expect, test, vi } from 'vitest'
import { PageError, pageErrorAdapter } from './page-error.ts'
import { browserLinks } from './trpc.ts'

test('each request of the browser begins a trace', async () => {
  const sent: unknown[] = []
  vi.stubGlobal('fetch', async (_address: string, { headers }: RequestInit) => {
    sent.push(new Headers(headers).get('traceparent'))
    return Response.json([{ result: { data: {} } }])
  })
  const client = createTRPCClient<AppRouter>({ links: browserLinks() })
  await client.site.get.query()
  await client.site.get.query()
  expect(sent).toEqual(
    Array.from(sent, () => expect.stringMatching(/^00-[\da-f]{32}-[\da-f]{16}-01$/)),
  )
  expect(new Set(sent).size).toBe(2)
})

test('a page that failed on the server names its trace in the browser', () => {
  const ids = { requestId: 'request-1', traceId: '0af7651916cd43dd8448eb211c80319c' }
  const error = new PageError('No', ids.requestId, ids.traceId)
  const { toSerializable, fromSerializable } = pageErrorAdapter
  expect(fromSerializable(toSerializable(error))).toMatchObject(ids)
})
