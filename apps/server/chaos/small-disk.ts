import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { World } from '../trials/trial.ts'

export type SmallDisk = {
  folder: string
  /** Takes all the room that is left. */
  fill(): void
  /** Gives back what `fill` took. */
  empty(): void
}

/** A file system in memory of so many megabytes; undefined where this machine mounts none. It is gone with the trial. */
export function mountSmallDisk({ ending }: World, megabytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'galley-small-disk-'))
  ending.defer(() => rmSync(folder, { recursive: true, force: true }))
  const size = `size=${megabytes}m,mode=0755`
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', folder]).status !== 0)
    return undefined
  ending.defer(() => void spawnSync('umount', ['-l', folder]))
  chmodSync(folder, 0o755)
  const file = join(folder, 'filler')
  return { folder, fill: () => fill(file), empty: () => rmSync(file, { force: true }) }
}

function fill(file: string) {
  const descriptor = openSync(file, 'a')
  try {
    for (let size = 1 << 20; size >= 1; size >>= 4) writeAll(descriptor, Buffer.alloc(size))
  } finally {
    closeSync(descriptor)
  }
}

/** Until there is no room for another one. */
function writeAll(descriptor: number, block: Buffer) {
  try {
    while (writeSync(descriptor, block) > 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}
