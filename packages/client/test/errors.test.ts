import { isTRPCClientError } from '@trpc/client'
import { expect, expectTypeOf, test, vi } from 'vitest'
import { CallError } from '../src/error.ts'
import { createGalleyClient, isGalleyError, type GalleyReason, type Skew } from '../src/index.ts'
import { answerCalls, page } from './answers.ts'
import { serve } from './server.ts'

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('It succeeded.'),
    (error: unknown) => error,
  )

test('a refusal says why, which fields, and under which id it was logged', async () => {
  const { url } = await serve((request, response) =>
    answerCalls(request, response, { reason: 'article/stale-version', status: 409 }),
  )
  const galley = createGalleyClient({ url, auth: 'none' })
  const error = await failureOf(galley.articles.delete.mutate({ id: 'x' }))
  expect(isGalleyError(error)).toBe(true)
  expect(isTRPCClientError(error)).toBe(true)
  expect(error).toMatchObject({
    name: 'GalleyError',
    reason: 'article/stale-version',
    fields: [{ path: 'tags.2', message: 'Too long.' }],
    requestId: 'r-1',
    traceId: 't-1',
    status: 409,
    message: 'Refused: article/stale-version',
  })
})

test('a check by reason narrows', async () => {
  const error: unknown = new CallError('user/suspended', { message: '' })
  expect(isGalleyError(error, 'article/stale-version')).toBe(false)
  expect(isGalleyError(error, 'user/suspended', 'user/forbidden')).toBe(true)
  if (isGalleyError(error, 'user/suspended', 'user/forbidden')) {
    expectTypeOf(error.reason).toEqualTypeOf<'user/suspended' | 'user/forbidden'>()
  }
  expectTypeOf<GalleyReason>().extract<'article/stale-version'>().not.toBeNever()
  // @ts-expect-error not a reason
  isGalleyError(error, 'article/stale')
})

test('what is not a response of Galley, and no response at all, have reasons of their own', async () => {
  const proxy = await serve((_request, response) =>
    response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>No</h1>'),
  )
  const galley = createGalleyClient({ url: proxy.url, auth: 'none' })
  expect(await failureOf(galley.tags.list.query({}))).toMatchObject({
    reason: 'client/unexpected-answer',
    status: 403,
  })
  const nobody = createGalleyClient({ url: 'http://127.0.0.1:9', auth: 'none', retries: false })
  expect(await failureOf(nobody.tags.list.query({}))).toMatchObject({
    reason: 'client/unreachable',
    status: undefined,
  })
})

test('a call ends at the time-out though another one of the same request may wait longer', async () => {
  const { url } = await serve(() => undefined)
  const galley = createGalleyClient({ url, auth: 'none', timeoutMs: 200 })
  const started = performance.now()
  const error = await failureOf(galley.articles.list.query({}))
  expect(error).toMatchObject({ reason: 'client/timed-out' })
  expect(performance.now() - started).toBeLessThan(5000)
})

test('a signal ends a call at once', async () => {
  const { url } = await serve(() => undefined)
  const galley = createGalleyClient({ url, auth: 'none' })
  const controller = new AbortController()
  const call = galley.articles.list.query({}, { signal: controller.signal })
  setTimeout(() => controller.abort(), 50)
  expect(await failureOf(call)).toMatchObject({ reason: 'client/aborted' })
  expect(
    await failureOf(galley.tags.list.query({}, { signal: AbortSignal.abort() })),
  ).toMatchObject({ reason: 'client/aborted' })
})

test('a signal ends the wait before another attempt', async () => {
  const { url, seen } = await serve((request, response) =>
    answerCalls(
      request,
      response,
      { reason: 'server/unavailable', status: 503 },
      { 'retry-after': '9' },
    ),
  )
  const galley = createGalleyClient({ url, auth: 'none' })
  const controller = new AbortController()
  const call = galley.articles.list.query({}, { signal: controller.signal })
  setTimeout(() => controller.abort(), 300)
  expect(await failureOf(call)).toMatchObject({ reason: 'client/aborted' })
  expect(seen).toHaveLength(1)
})

test('calls of one moment share requests of ten at most', async () => {
  const { url, seen } = await serve((request, response) =>
    answerCalls(request, response, { data: page }),
  )
  const galley = createGalleyClient({ url, auth: 'none' })
  await Promise.all(Array.from({ length: 25 }, () => galley.tags.list.query({})))
  expect(seen.map((one) => one.url.split('?')[0]?.split(',').length)).toEqual([10, 10, 5])
  expect(seen[0]?.headers).not.toHaveProperty('authorization')
})

test('a server whose API does not fit is reported once', async () => {
  const { url } = await serve((request, response) =>
    answerCalls(request, response, { data: page }, { 'galley-contract': '999.abc' }),
  )
  const onSkew = vi.fn<(skew: Skew) => void>()
  const galley = createGalleyClient({ url, auth: 'none', onSkew })
  await galley.tags.list.query({})
  await galley.tags.list.query({})
  expect(onSkew).toHaveBeenCalledExactlyOnceWith({ built: expect.any(Number), server: 999 })
})
