import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type MountedDisk = Disposable & { folder: string }

/** A file system in memory of this size, such as `64k`; undefined where this machine mounts none, or for another user than root. */
export function mountDisk(size: string): MountedDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'galley-small-disk-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const options = `size=${size},mode=0755`
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status !== 0) {
    remove()
    return undefined
  }
  chmodSync(folder, 0o755)
  return {
    folder,
    [Symbol.dispose]() {
      spawnSync('umount', ['-l', folder])
      remove()
    },
  }
}
