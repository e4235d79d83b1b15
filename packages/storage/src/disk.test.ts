import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { describeStorage } from '../test/storages.ts'
import { createDiskStorage } from './disk.ts'

const text = { contentType: 'text/plain' }

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'galley-storage-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

describeStorage('on a disk', async () => {
  const folder = path.join(await temporaryFolder(), 'media')
  return {
    storage: createDiskStorage({ folder }),
    another: () => createDiskStorage({ folder }),
    listAll: () => filesOf(folder),
    remove: () => rm(folder, { recursive: true }),
  }
})

test('the first byte alone is a range', async () => {
  const storage = createDiskStorage({ folder: await temporaryFolder() })
  await storage.put('key', Readable.from(['0123']), text)
  const { body, size } = await storage.get('key', { range: { start: 0, end: 0 } })
  expect([String(await buffer(body)), size]).toEqual(['0', 4])
})

test('a killed process leaves no object, and the next sweep takes what it wrote', async () => {
  const folder = await temporaryFolder()
  const program = fileURLToPath(new URL('../test/endless-put.ts', import.meta.url))
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  await expect.poll(() => filesOf(folder)).toHaveLength(1)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const storage = createDiskStorage({ folder })
  await expect(storage.head('media/half')).rejects.toThrow('There is no object media/half')
  expect(await storage.sweep(new Date(Date.now() - 3_600_000))).toBe(0)
  expect(await storage.sweep(new Date(Date.now() + 1000))).toBe(1)
  expect(await filesOf(folder)).toEqual([])
})

test('a sweep takes only what is older', async () => {
  const folder = await temporaryFolder()
  const incoming = path.join(folder, '.incoming')
  await mkdir(incoming)
  for (const [name, day] of [
    ['old', 1],
    ['young', 3],
  ] as const) {
    await writeFile(path.join(incoming, name), 'x')
    const written = new Date(`2026-01-0${day}`)
    await utimes(path.join(incoming, name), written, written)
  }
  expect(await createDiskStorage({ folder }).sweep(new Date('2026-01-02'))).toBe(1)
  expect(await readdir(incoming)).toEqual(['young'])
})

// A small file system can be made by root only, where mounting is allowed.
const canMount = mountSmall(path.join(tmpdir(), `galley-mount-${process.pid}`), true)
const whyNot = canMount ? '' : ' (skipped: needs root and mount, to make a small disk)'

test.skipIf(!canMount)(
  `a disk that is full keeps what it has, and works again${whyNot}`,
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'galley-full-'))
    mountSmall(folder, false)
    onTestFinished(async () => {
      spawnSync('umount', [folder])
      await rm(folder, { recursive: true })
    })
    const storage = createDiskStorage({ folder })
    await storage.put('before', Readable.from(['before']), text)
    const large = () => Readable.from([Buffer.alloc(900_000), Buffer.alloc(900_000)])
    const full = expect.objectContaining({ name: 'StorageUnavailable', problem: 'full' })
    await expect(storage.put('large', large(), text)).rejects.toEqual(full)
    await expect(storage.put('before', large(), text)).rejects.toEqual(full)
    expect(await filesOf(folder)).toEqual(['before'])
    expect(await storage.head('before')).toMatchObject({ size: 6 })
    await storage.put('after', Readable.from([Buffer.alloc(600_000)]), text)
    expect(await storage.head('after')).toMatchObject({ size: 600_000 })
  },
)

/** A file system in memory of a megabyte; unmounted at once where only the ability is asked for. */
function mountSmall(folder: string, isTrial: boolean): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  if (isTrial) spawnSync('mkdir', [folder])
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder])
  if (isTrial) {
    if (status === 0) spawnSync('umount', [folder])
    spawnSync('rmdir', [folder])
  }
  return status === 0
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}
