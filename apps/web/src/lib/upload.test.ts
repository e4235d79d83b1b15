import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { exampleMedia } from '../../test/examples.ts'
import { FakeRequest } from './upload.fixture.ts'
import { sendFile } from './upload.ts'

const file = new File(['content'], 'cat.png', { type: 'image/png' })

beforeEach(() => void vi.stubGlobal('XMLHttpRequest', FakeRequest))
afterEach(() => void (FakeRequest.last = undefined))

function start(options: Partial<Parameters<typeof sendFile>[1]> = {}) {
  const abort = new AbortController()
  const onProgress = vi.fn<(part: number) => void>()
  const done = sendFile(file, { onProgress, signal: abort.signal, ...options })
  done.catch(() => {})
  const request = FakeRequest.last
  if (!request) throw new Error('nothing was sent')
  return { done, request, abort, onProgress }
}

test('sends the file after what is said of it, and says how far it is', async () => {
  const { done, request, onProgress } = start({ fields: { alt: 'A cat', decorative: false } })
  expect(request.opened).toEqual(['POST', '/api/v1/media'])
  expect([...(request.sent?.keys() ?? [])]).toEqual(['alt', 'decorative', 'file'])
  const progress = Object.assign(new Event('progress'), { loaded: 25, total: 100 })
  request.upload.dispatchEvent(progress)
  expect(onProgress).toHaveBeenLastCalledWith(0.25)
  const media = exampleMedia()
  request.respond(201, media)
  expect(await done).toEqual(media)
})

test.each([
  [
    409,
    { title: 'There is no room left.', reason: 'media/quota-exceeded' },
    'There is no room left.',
  ],
  [
    400,
    { title: 'Not valid.', detail: 'alt: Too long.', reason: 'request/invalid' },
    'alt: Too long.',
  ],
  [413, '<html>413</html>', 'The file is too large.'],
  [502, '<html>502</html>', 'Something went wrong on the server.'],
  [500, { title: 'x', reason: 'server/internal' }, 'Something went wrong on the server.'],
  [201, 'not JSON', 'Something went wrong on the server.'],
])('a response of %i is told in words', async (status, body, message) => {
  const { done, request } = start()
  request.respond(status, body)
  await expect(done).rejects.toThrow(message)
})

test('says how long to wait', async () => {
  const { done, request } = start()
  request.responseHeaders['retry-after'] = '40'
  request.respond(429, {
    title: 'Too many requests. Try again later.',
    reason: 'request/rate-limited',
  })
  await expect(done).rejects.toThrow('Too many requests. Try again in 40 seconds.')
})

test('a lost connection is told in words', async () => {
  const { done, request } = start()
  request.dispatchEvent(new Event('error'))
  await expect(done).rejects.toThrow('could not be reached')
})

test('stops when it is cancelled, and does not begin once it is', async () => {
  const { done, request, abort } = start()
  abort.abort(new Error('enough'))
  await expect(done).rejects.toThrow('enough')
  expect(request.aborted).toBe(true)
  FakeRequest.last = undefined
  const never = sendFile(file, { onProgress: () => {}, signal: AbortSignal.abort(new Error('no')) })
  await expect(never).rejects.toThrow('no')
  expect(FakeRequest.last).toBeUndefined()
})
