import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { mountDisk } from '@galley/testing/small-disk'
import { vi } from 'vitest'

/** Until it is disposed of, the folder for temporary files has no room; undefined where this machine mounts no small disk. */
export function useFullDisk(): Disposable | undefined {
  const disk = mountDisk('4k')
  if (!disk) return undefined
  writeFileSync(path.join(disk.folder, 'full'), Buffer.alloc(4096))
  vi.stubEnv('TMPDIR', disk.folder)
  return {
    [Symbol.dispose]() {
      vi.unstubAllEnvs()
      disk[Symbol.dispose]()
    },
  }
}
