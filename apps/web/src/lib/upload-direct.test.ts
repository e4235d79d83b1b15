import type { ErrorReason } from '@galley/contract/errors'
import { TRPCClientError } from '@trpc/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { exampleMedia } from '../../test/examples.ts'
import { type DirectCalls, sendDirectly } from './upload-direct.ts'
import { FakeRequest } from './upload.fixture.ts'

const file = new File(['content'], 'cat.png', { type: 'image/png' })
const media = exampleMedia({ state: 'uploading' })
const arrived = exampleMedia({ state: 'quarantined' })
const url = 'https://store.example/upload?signed'

beforeEach(() => void vi.stubGlobal('XMLHttpRequest', FakeRequest))
afterEach(() => {
  vi.useRealTimers()
  FakeRequest.last = undefined
})

const headers = { 'content-type': 'image/png' }
const upload = { url, method: 'PUT' as const, headers, expiresAt: '2026-01-01T00:00:00.000Z' }

function start(calls: Partial<DirectCalls> = {}, given = file) {
  const all = {
    create: vi.fn<DirectCalls['create']>(calls.create ?? (async () => ({ media, upload }))),
    complete: vi.fn<DirectCalls['complete']>(calls.complete ?? (async () => arrived)),
    discard: vi.fn<DirectCalls['discard']>(calls.discard ?? (async () => {})),
  }
  const abort = new AbortController()
  const onProgress = vi.fn<(part: number) => void>()
  const options = { fields: { alt: 'A cat' }, onProgress, signal: abort.signal }
  const done = sendDirectly(given, options, all)
  done.catch(() => {})
  /** The request to this address, once there is one. */
  const request = (address: string) =>
    vi.waitFor(
      () => {
        const { last } = FakeRequest
        if (last?.opened[1] !== address) throw new Error(`nothing is sent to ${address}`)
        return last
      },
      { timeout: 20_000 },
    )
  return { ...all, done, abort, onProgress, request }
}

const refusal = (reason: ErrorReason) =>
  new TRPCClientError('refused', { result: { error: { data: { reason } } } as never })

test('the file goes to the store, and the upload is completed at the server', async () => {
  const { done, request, create, complete, discard, onProgress } = start()
  const put = await request(url)
  const input = { fileName: 'cat.png', mime: 'image/png', bytes: 7, alt: 'A cat' }
  expect(create).toHaveBeenCalledExactlyOnceWith(input, expect.any(AbortSignal))
  expect(put.opened).toEqual(['PUT', url])
  expect(put.headers).toEqual({ 'content-type': 'image/png' })
  expect(put.sentFile).toBe(file)
  put.upload.dispatchEvent(Object.assign(new Event('progress'), { loaded: 1, total: 4 }))
  expect(onProgress).toHaveBeenLastCalledWith(0.25)
  put.respond(200, '')
  expect(await done).toEqual(arrived)
  expect(complete).toHaveBeenCalledExactlyOnceWith(media.id, expect.any(AbortSignal))
  expect(discard).not.toHaveBeenCalled()
})

test.each([
  ['refuses', (put: FakeRequest) => put.respond(403, '<Error/>')],
  ['is out of reach', (put: FakeRequest) => void put.dispatchEvent(new Event('error'))],
  ['says nothing', () => void vi.advanceTimersByTime(10_000)],
])('where the store %s, it goes by the server', async (_, fail) => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  const { done, request, complete, discard } = start()
  fail(await request(url))
  const post = await request('/api/v1/media')
  expect(discard).toHaveBeenCalledExactlyOnceWith(media.id)
  expect(post.sent?.get('file')).toBeInstanceOf(File)
  post.respond(201, arrived)
  expect(await done).toEqual(arrived)
  expect(complete).not.toHaveBeenCalled()
})

test.each([
  ['the server has no such store', file, 'media/direct-upload-unsupported' as const],
  ['nobody knows its type', new File(['x'], 'cat.png'), undefined],
])('where %s, it goes by the server', async (_, given, reason) => {
  const calls: Partial<DirectCalls> = reason
    ? { create: () => Promise.reject(refusal(reason)) }
    : {}
  const { done, request } = start(calls, given)
  const post = await request('/api/v1/media')
  post.respond(201, arrived)
  expect(await done).toEqual(arrived)
})

test('what the server refuses is not sent', async () => {
  const { done } = start({ create: () => Promise.reject(refusal('media/quota-exceeded')) })
  await expect(done).rejects.toMatchObject({ data: { reason: 'media/quota-exceeded' } })
  expect(FakeRequest.last).toBeUndefined()
})

test('one that is cancelled gives back its room, and goes nowhere else', async () => {
  const { done, request, abort, discard } = start()
  const put = await request(url)
  abort.abort(new Error('enough'))
  await expect(done).rejects.toThrow('enough')
  expect(put.aborted).toBe(true)
  expect(discard).toHaveBeenCalledExactlyOnceWith(media.id)
  expect(FakeRequest.last).toBe(put)
})

test('so does one whose arrival cannot be told', async () => {
  const lost = new Error('lost')
  const { done, request, discard } = start({ complete: () => Promise.reject(lost) })
  const put = await request(url)
  put.respond(200, '')
  await expect(done).rejects.toBe(lost)
  expect(discard).toHaveBeenCalledExactlyOnceWith(media.id)
})
