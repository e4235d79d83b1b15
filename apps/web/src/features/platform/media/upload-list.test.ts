import type { MediaView } from '@galley/contract/platform/media'
import { expect, test, vi } from 'vitest'
import { exampleMedia } from '../../../../test/examples.ts'
import { UploadError } from '../../../lib/upload.ts'
import { sizeOf, type UploadCalls, UploadList } from './upload-list.ts'

const png = (name = 'cat.png') => new File(['x'], name, { type: 'image/png' })

type Sending = {
  name: string
  arrive: (media?: Partial<MediaView>) => void
  fail: (error: Error) => void
  progress: (part: number) => void
  signal: AbortSignal
}

/** A list, what it is sending, and how the server's work on it goes. */
function useList(load: UploadCalls['load'] = async (id) => exampleMedia({ id })) {
  const sending: Sending[] = []
  const discard = vi.fn<UploadCalls['discard']>(async () => {})
  const list = new UploadList({
    send: (file, { onProgress, signal }) => {
      const { promise, resolve, reject } = Promise.withResolvers<MediaView>()
      signal.addEventListener('abort', () => reject(signal.reason))
      sending.push({
        name: file.name,
        arrive: (media) => resolve(exampleMedia({ state: 'quarantined', ...media })),
        fail: reject,
        progress: onProgress,
        signal,
      })
      return promise
    },
    load,
    discard,
    quota: async () => ({ types: ['image/png', 'image/jpeg'], maxFileBytes: 1_000_000 }),
  })
  const phases = () => list.getSnapshot().map(({ phase }) => phase)
  const started = (count: number) => expect.poll(() => sending).toHaveLength(count)
  return { list, sending, discard, phases, started }
}

test('a file is sent, waited for, and ready', async () => {
  const states: MediaView['state'][] = ['quarantined', 'processing', 'ready']
  const { list, sending, phases, started } = useList(async (id) =>
    exampleMedia({ id, state: states.shift() ?? 'ready' }),
  )
  const onReady = vi.fn<() => void>()
  list.add(png(), { onReady })
  await started(1)
  sending[0]?.progress(0.4)
  expect(list.getSnapshot()).toMatchObject([{ name: 'cat.png', phase: 'sending', sent: 0.4 }])
  expect(list.isBusy()).toBe(true)
  sending[0]?.arrive()
  await expect.poll(phases).toEqual(['processing'])
  expect(list.isBusy()).toBe(false)
  await expect.poll(() => onReady).toHaveBeenCalledOnce()
  expect(phases()).toEqual(['ready'])
})

test('two are sent at once, and one that is through makes room', async () => {
  const { list, sending, phases, started } = useList()
  for (const name of ['a.png', 'b.png', 'c.png']) list.add(png(name))
  await started(2)
  expect(phases()).toEqual(['sending', 'sending', 'waiting'])
  sending[0]?.arrive()
  await started(3)
  expect(sending[2]?.name).toBe('c.png')
})

test('one that is cancelled is gone, and makes room', async () => {
  const { list, sending, phases, started } = useList()
  const onGone = vi.fn<() => void>()
  const first = list.add(png('a.png'), { onGone })
  list.add(png('b.png'))
  list.add(png('c.png'))
  await started(2)
  list.remove(first.key)
  expect(sending[0]?.signal.aborted).toBe(true)
  expect(onGone).toHaveBeenCalledOnce()
  await started(3)
  expect(phases()).toEqual(['sending', 'sending'])
})

test('what has arrived already is given up with the upload', async () => {
  const { list, sending, discard, phases, started } = useList(async (id) =>
    exampleMedia({ id, state: 'quarantined' }),
  )
  const { key } = list.add(png())
  await started(1)
  sending[0]?.arrive({ id: 'media-1' })
  await expect.poll(phases).toEqual(['processing'])
  list.remove(key)
  expect(discard).toHaveBeenCalledWith('media-1')
  expect(phases()).toEqual([])
})

test('one that failed says why, and may be sent again', async () => {
  const { list, sending, phases, started } = useList()
  const { key } = list.add(png())
  await started(1)
  sending[0]?.fail(new UploadError('There is no room left.', 'media/quota-exceeded'))
  await expect.poll(phases).toEqual(['failed'])
  expect(list.getSnapshot()[0]?.message).toBe('There is no room left.')
  list.retry(key)
  await started(2)
  expect(list.getSnapshot()).toMatchObject([{ phase: 'sending', message: null }])
})

test('what has arrived is asked for again, not sent again, after the connection was lost', async () => {
  let isAway = true
  const load = vi.fn<UploadCalls['load']>(async (id) => {
    if (isAway) throw new UploadError('The server could not be reached.')
    return exampleMedia({ id })
  })
  const { list, sending, phases, started } = useList(load)
  const onReady = vi.fn<() => void>()
  const { key } = list.add(png(), { onReady })
  await started(1)
  sending[0]?.arrive({ id: 'media-1' })
  await expect.poll(phases).toEqual(['failed'])
  isAway = false
  list.retry(key)
  await expect.poll(() => onReady).toHaveBeenCalledOnce()
  expect(load.mock.lastCall?.[0]).toBe('media-1')
  expect(sending).toHaveLength(1)
})

test('one that the server refuses afterwards says why', async () => {
  const { list, sending, phases, started } = useList(async (id) =>
    exampleMedia({ id, state: 'refused', reason: 'media/infected' }),
  )
  const { key } = list.add(png())
  await started(1)
  sending[0]?.arrive()
  await expect.poll(phases).toEqual(['failed'])
  expect(list.getSnapshot()[0]?.message).toBe('The file contains malware.')
  list.retry(key)
  await started(2)
})

test('while the scanner is away it waits, and says so', async () => {
  const { list, sending, started } = useList(async (id) =>
    exampleMedia({ id, state: 'quarantined', reason: 'media/scan-pending' }),
  )
  list.add(png())
  await started(1)
  sending[0]?.arrive()
  const said = () => list.getSnapshot()[0]?.message
  await expect.poll(said).toContain('scanner')
  expect(list.getSnapshot()[0]?.phase).toBe('processing')
  list.stop()
})

test.each([
  [new File(['<svg/>'], 'a.svg', { type: 'image/svg+xml' }), 'SVG files may hold scripts'],
  [new File(['x'], 'a.exe', { type: 'application/x-msdownload' }), 'Upload a JPEG'],
  [
    new File(['x'.repeat(1_500_000)], 'a.png', { type: 'image/png' }),
    '1.5 MB, where 1 MB are allowed',
  ],
])('what will not be taken is not sent: %o', async (file, message) => {
  const { list, sending, phases } = useList()
  list.add(file)
  await expect.poll(phases).toEqual(['failed'])
  expect(list.getSnapshot()[0]?.message).toContain(message)
  expect(sending).toEqual([])
})

test('sizes are said as people say them', () => {
  expect([0, 999, 1_000, 240_400, 1_500_000, 2_000_000_000].map(sizeOf)).toEqual([
    '0 bytes',
    '999 bytes',
    '1 kB',
    '240 kB',
    '1.5 MB',
    '2 GB',
  ])
})
