import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { describeStorage } from '../test/storages.ts'
import { createDiskStorage } from './disk.ts'

describeStorage('on a disk', async () => {
  const parent = await mkdtemp(path.join(tmpdir(), 'galley-storage-'))
  onTestFinished(() => rm(parent, { recursive: true, force: true }))
  const folder = path.join(parent, 'media')
  return {
    storage: createDiskStorage({ folder }),
    another: () => createDiskStorage({ folder }),
    listAll: () => filesOf(folder),
    remove: () => rm(folder, { recursive: true }),
  }
})

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name)
}
