import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { mountDisk } from '@galley/testing/small-disk'
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
  const disk = mountDisk(`${megabytes}m`)
  if (!disk) return undefined
  ending.defer(() => disk[Symbol.dispose]())
  const { folder } = disk
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
