import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { explainWrite, removeFolder } from './part.ts'

const PARTIAL = '.partial'
/** Sorted by name they are sorted by time. */
const NAME = /^galley-\d{8}T\d{9}Z-[0-9a-f]{6}$/

const HOUR_MS = 60 * 60_000

export type Unfinished = {
  /** Where it is written. */
  partial: string
  /** Gives it its name, all of it on the disk: from now on it looks whole. */
  finish(): Promise<{ name: string; path: string }>
  abandon(): Promise<void>
}

/** A folder with another name until it is whole, so that nothing which breaks off looks like a backup. */
export async function beginFolder(folder: string, now = new Date()): Promise<Unfinished> {
  const stamp = now.toISOString().replaceAll(/[-:.]/g, '')
  const name = `galley-${stamp}-${randomBytes(3).toString('hex')}`
  const target = path.join(folder, name)
  const partial = target + PARTIAL
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await mkdir(partial, { mode: 0o700 })
  } catch (error) {
    throw explainWrite(error, target)
  }
  return {
    partial,
    async finish() {
      await syncFolders(partial)
      await rename(partial, target)
      await syncFolder(folder)
      return { name, path: target }
    },
    abandon: () => removeFolder(partial).catch(() => {}),
  }
}

/** Removes the oldest backups but for `keep`, and what killed processes left. Renamed first: a removal that breaks off looks like one. */
export async function removeOld(folder: string, keep: number, now = Date.now()): Promise<string[]> {
  const names = await readdir(folder)
  const whole = names.filter((name) => NAME.test(name)).toSorted()
  const old = whole.slice(0, Math.max(0, whole.length - keep))
  for (const name of old) {
    const target = path.join(folder, name)
    await rename(target, target + PARTIAL)
    await removeFolder(target + PARTIAL)
  }
  for (const name of names) {
    if (!name.endsWith(PARTIAL) || !NAME.test(name.slice(0, -PARTIAL.length))) continue
    const left = path.join(folder, name)
    if (existsSync(left) && (await lastChange(left)) < now - HOUR_MS) await removeFolder(left)
  }
  return old
}

/** When anything in it was written: one that is at work writes all the time. */
async function lastChange(folder: string): Promise<number> {
  let latest = (await stat(folder)).mtimeMs
  for (const name of await readdir(folder, { recursive: true })) {
    const found = await stat(path.join(folder, name)).catch(() => undefined)
    latest = Math.max(latest, found?.mtimeMs ?? 0)
  }
  return latest
}

async function syncFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await syncFolders(path.join(folder, entry.name))
  }
  await syncFolder(folder)
}

/** Names are on the disk once their folder is. Some file systems cannot do it, and need it not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync().catch(() => {})
  } finally {
    await handle.close()
  }
}
