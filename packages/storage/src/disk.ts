import { randomUUID } from 'node:crypto'
import type { Stats } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { countBody } from './body.ts'
import { checkedKey } from './key.ts'
import {
  ObjectNotFound,
  RangeNotSatisfiable,
  StorageUnavailable,
  type ObjectInfo,
  type Storage,
} from './storage.ts'

/** In the root and not in the folder of each key, so that a sweep looks at nothing else. No key begins with a dot. */
const INCOMING = '.incoming'

/**
 * Objects as files of a folder, which is made at the first use; when it is away later, it is the storage that is gone. Several
 * processes may share it. It must be one file system: a file is written under another name, synced and renamed.
 */
export function createDiskStorage({ folder }: { folder: string }): Storage {
  const root = path.resolve(folder)
  const incoming = path.join(root, INCOMING)
  const fileOf = (key: string) => path.join(root, ...checkedKey(key).split('/'))
  let prepared: Promise<unknown> | undefined

  async function onDisk<Result>(
    key: string,
    signal: AbortSignal | undefined,
    work: (file: string) => Promise<Result>,
  ): Promise<Result> {
    const file = fileOf(key)
    try {
      signal?.throwIfAborted()
      prepared ??= mkdir(incoming, { recursive: true })
      await prepared.catch((error: unknown) => {
        prepared = undefined
        throw error
      })
      return await work(file)
    } catch (error) {
      signal?.throwIfAborted()
      const failure = toStorageError(error, key)
      if (failure instanceof ObjectNotFound && !(await exists(incoming))) {
        throw new StorageUnavailable('gone', { cause: error })
      }
      throw failure
    }
  }

  return {
    async put(key, body, { size, signal }) {
      const temporary = path.join(incoming, randomUUID())
      try {
        return await onDisk(key, signal, async (file) => {
          await write(temporary, body, size, signal)
          await mkdir(path.dirname(file), { recursive: true })
          await rename(temporary, file)
          await syncFolder(path.dirname(file))
          return infoOf(await stat(file))
        })
      } finally {
        body.destroy()
        await rm(temporary, { force: true }).catch(() => {})
      }
    },

    get: (key, { range, signal } = {}) =>
      onDisk(key, signal, async (file) => {
        const handle = await open(file, 'r')
        try {
          const info = infoOf(await handle.stat())
          if (range && range.start >= info.size) throw new RangeNotSatisfiable(key)
          return { ...info, body: handle.createReadStream({ ...range, signal }) }
        } catch (error) {
          await handle.close()
          throw error
        }
      }),

    head: (key, { signal } = {}) => onDisk(key, signal, async (file) => infoOf(await stat(file))),

    async delete(key, { signal } = {}) {
      try {
        await onDisk(key, signal, unlink)
      } catch (error) {
        if (!(error instanceof ObjectNotFound)) throw error
      }
    },

    async sweep({ before }) {
      let swept = 0
      for (const name of await namesIn(incoming)) {
        const file = path.join(incoming, name)
        const found = await stat(file).catch(() => undefined)
        if (!found || found.mtime >= before) continue
        await rm(file, { force: true })
        swept += 1
      }
      return swept
    },

    close() {},
  }
}

async function write(file: string, body: Readable, size?: number, signal?: AbortSignal) {
  const handle = await open(file, 'wx')
  // `flush` syncs before it closes: after a power cut no name may stand for bytes that are missing.
  const target = handle.createWriteStream({ flush: true })
  await pipeline(countBody(body, { size, signal }).chunks, target, { signal })
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  )

/** A renamed file has a new inode, so that an object that was replaced within a millisecond differs too. */
function infoOf(stats: Stats): ObjectInfo {
  if (!stats.isFile()) throw Object.assign(new Error('It is a folder'), { code: 'ENOENT' })
  const parts = [stats.size, Math.trunc(stats.mtimeMs), stats.ino]
  return { size: stats.size, etag: `"${parts.map((part) => part.toString(36)).join('-')}"` }
}

/** A rename is on the disk once its folder is. Some file systems cannot do it, and need it not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync().catch(() => {})
  } finally {
    await handle.close()
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw toStorageError(error, folder)
  }
}

/** What the disk refuses; any other error, such as the client's who broke off, stays as it is. */
function toStorageError(error: unknown, key: string): unknown {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EISDIR':
      return new ObjectNotFound(key, { cause: error })
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new StorageUnavailable('full', { cause: error })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENODEV':
    case 'ESTALE':
      return new StorageUnavailable('gone', { cause: error })
    case 'EIO':
    case 'EMFILE':
    case 'ENFILE':
      return new StorageUnavailable('failed', { cause: error })
    default:
      return error
  }
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error ? error.code : undefined
