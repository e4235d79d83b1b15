import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { gifOf, packedChunk, pngOf } from '../test/bombs.ts'
import { moving, noise, useFolder } from '../test/files.ts'
import { createImages } from './create-images.ts'

const { folder, write } = useFolder()
const small = pngOf({ width: 9, height: 9 })
const isLinux = process.platform === 'linux'

function useImages(options?: Parameters<typeof createImages>[0]) {
  const images = createImages(options)
  onTestFinished(() => images[Symbol.asyncDispose]())
  return images
}

/** The processes that this one has started and not ended. */
const children = () => {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' }).split(
    '\n',
  )
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, parent, state]) => Number(parent) === process.pid && !state?.startsWith('Z'))
    .filter((row) => row.join(' ').includes('images/src/main.ts'))
    .map(([pid]) => Number(pid))
}

describe('the process for pictures', () => {
  test('starts with the first file, is used again and ends when it is idle', async () => {
    const images = useImages({ idleMs: 500 })
    expect(children()).toEqual([])
    const file = await write(small)
    await images.inspect(file)
    const [first] = children()
    await images.inspect(file)
    expect(children()).toEqual([first])
    await expect.poll(children).toEqual([])
    expect(await images.inspect(file)).toMatchObject({ kind: 'png' })
  })

  test('works on one file at a time, and takes all', async () => {
    const images = useImages()
    const file = await write(await noise(300, 200).jpeg().toBuffer())
    const all = await Promise.all(Array.from({ length: 30 }, () => images.inspect(file)))
    expect(all.every(({ kind }) => kind === 'jpeg')).toBe(true)
    expect(children()).toHaveLength(1)
  })

  test('one that is killed fails its file as one that may be tried again; the next starts another', async () => {
    const images = useImages()
    const file = await write(await noise(2000, 1500).jpeg().toBuffer())
    const made = images.makeVariants(file, {
      folder: await mkdtemp(path.join(folder, 'killed-')),
      onProgress: () => children().forEach((pid) => process.kill(pid, 'SIGKILL')),
    })
    await expect(made).rejects.toMatchObject({ name: 'ImagesUnavailable' })
    expect(await images.inspect(file)).toMatchObject({ width: 2000 })
  })

  test('one that crashes fails its file for good', async () => {
    const images = useImages()
    const file = await write(await noise(2000, 1500).jpeg().toBuffer())
    const made = images.makeVariants(file, {
      folder: await mkdtemp(path.join(folder, 'crashed-')),
      onProgress: () => children().forEach((pid) => process.kill(pid, 'SIGSEGV')),
    })
    await expect(made).rejects.toMatchObject({ name: 'FileRefused', reason: 'broken' })
  })

  test('a file that takes too long is refused, and its process is gone', async () => {
    const images = useImages({ variantsMs: 300 })
    const file = await write(await noise(3000, 2000).jpeg().toBuffer())
    const made = images.makeVariants(file, { folder })
    await expect(made).rejects.toMatchObject({ name: 'FileRefused', reason: 'complex' })
    await expect.poll(children).toEqual([])
  })

  test('a file that nobody waits for any longer is left, and its process is gone', async () => {
    const images = useImages()
    const file = await write(await noise(3000, 2000).jpeg().toBuffer())
    const stop = new AbortController()
    const made = images.makeVariants(file, {
      folder: await mkdtemp(path.join(folder, 'aborted-')),
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    })
    await expect(made).rejects.toThrow('enough')
    await expect.poll(children).toEqual([])
    await expect(images.inspect(file, { signal: stop.signal })).rejects.toThrow('enough')
  })

  test('nobody who uploads waits for the copies of others', async () => {
    const images = useImages()
    const file = await write(await noise(1000, 700).jpeg().toBuffer())
    const order: string[] = []
    const made = images
      .makeVariants(file, { folder: await mkdtemp(path.join(folder, 'long-')) })
      .then(() => order.push('copies'))
    await images.inspect(file)
    order.push('look')
    await made
    expect(order).toEqual(['look', 'copies'])
  })
})

describe.skipIf(!isLinux)(
  'at most 200 MB of resident memory, and the server is not touched',
  () => {
    test.each([
      ['50,000 × 50,000', () => pngOf({ width: 50_000, height: 50_000, bits: 1 }), 'pixels'],
      ['10,000 frames', () => gifOf(10_000), 'frames'],
      ['a million frames', () => gifOf(1_000_000), 'frames'],
      ['one side of 30,000', () => pngOf({ width: 30_000, height: 10 }), 'pixels'],
      ['41 million pixels', () => pngOf({ width: 8200, height: 5000 }), 'pixels'],
      ['interlaced', () => pngOf({ width: 8000, height: 5000, interlaced: true }), 'ok'],
      ['a profile of 300 MB', () => packed('iCCP'), 'ok'],
      ['a text of 300 MB', () => packed('zTXt'), 'ok'],
      ['metadata of 40 MB', () => withExif(Buffer.alloc(40_000_000, 'MM\0*')), 'complex'],
      ['metadata of 4 MB', () => withExif(Buffer.alloc(4_000_000, 'MM\0*')), 'ok'],
      ['100,000 chunks', () => pngOf({ width: 9, height: 9 }, ...chunks(100_000)), 'complex'],
    ])('to look at %s', async (_, make, expected) => {
      const images = useImages()
      const file = await write(make())
      const { outcome, grown } = await watchMemory(
        async () => void (await images.inspect(await write(small))),
        () => images.inspect(file),
      )
      expect(outcome).toBe(expected)
      expect(grown).toBeLessThan(200_000_000)
      expect(await images.inspect(await write(small))).toMatchObject({ kind: 'png' })
    })

    // The largest that are taken, and those whose copies take most: with alpha, and those that move.
    test.each([
      ['an interlaced PNG', () => pngOf({ width: 8000, height: 5000, interlaced: true })],
      ['a progressive JPEG', () => flat(6320, 6320).jpeg({ progressive: true }).toBuffer()],
      [
        'an AVIF',
        () => flat(3300, 3300).avif({ effort: 0, chromaSubsampling: '4:2:0' }).toBuffer(),
      ],
      ['alpha', () => noise(2400, 2400).ensureAlpha(0.5).png({ compressionLevel: 1 }).toBuffer()],
      ['a GIF that moves', async () => (await moving(1600, 1500, 3)).gif({ effort: 1 }).toBuffer()],
    ])('to make copies of %s', { timeout: 240_000 }, async (_, make) => {
      const images = useImages()
      const into = await mkdtemp(path.join(folder, 'largest-'))
      const files = { tiny: await write(small), large: await write(await make()) }
      const { outcome, grown } = await watchMemory(
        async () => void (await images.makeVariants(files.tiny, { folder: into })),
        () => images.makeVariants(files.large, { folder: into }),
      )
      expect(outcome).toBe('ok')
      expect(grown).toBeLessThan(200_000_000)
    })
  },
)

/**
 * How much the process for pictures grows over what it had after `warm`, and what came of it; the server stays as it is. The process is
 * of this test alone: one that an earlier test has worn ends after `warm`.
 */
async function watchMemory(warm: () => Promise<void>, run: () => Promise<unknown>) {
  const before = process.memoryUsage.rss()
  await warm()
  const [pid = 0, ...others] = children()
  expect(others).toEqual([])
  const base = await memoryOf(pid, 'VmRSS')
  let peak = 0
  const look = async () => {
    peak = Math.max(peak, await memoryOf(pid, 'VmHWM').catch(() => 0))
  }
  const watch = setInterval(() => void look(), 5)
  const outcome = await run().then(
    () => 'ok',
    (error: { reason: string }) => error.reason,
  )
  clearInterval(watch)
  await look()
  expect(process.memoryUsage.rss() - before).toBeLessThan(200_000_000)
  return { outcome, grown: peak - base }
}

/** A picture of one colour: what is in it matters little to the memory that it takes. */
const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#345678' } })

async function memoryOf(pid: number, name: 'VmHWM' | 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))?.[1] ?? 0) * 1024
}

const packed = (type: 'iCCP' | 'zTXt') =>
  pngOf({ width: 9, height: 9 }, packedChunk(type, 300_000_000))

const withExif = (data: Buffer) => pngOf({ width: 9, height: 9 }, { type: 'eXIf', data })

const chunks = (count: number) =>
  Array.from({ length: count }, () => ({ type: 'tEXt', data: Buffer.from('a\0b') }))
