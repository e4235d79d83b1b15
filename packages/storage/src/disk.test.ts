import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { mountDisk } from '@galley/testing/small-disk'
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

const media = (before: Date) => ({ prefix: 'media/', before })

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
  expect(await storage.sweep(media(new Date(Date.now() - 3_600_000)))).toBe(0)
  expect(await storage.sweep(media(new Date(Date.now() + 1000)))).toBe(1)
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
  expect(await createDiskStorage({ folder }).sweep(media(new Date('2026-01-02')))).toBe(1)
  expect(await readdir(incoming)).toEqual(['young'])
})

test('a disk that is full keeps what it has, and works again', async ({ skip }) => {
  using disk = mountDisk('1m')
  if (!disk) return skip('this machine mounts no small disk')
  const { folder } = disk
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
})

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}
