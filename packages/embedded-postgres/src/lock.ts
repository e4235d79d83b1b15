import { DatabaseSync } from 'node:sqlite'

export interface Lock {
  release(): void
}

// A collected handle would close its file and with it lose the lock.
const held = new Set<DatabaseSync>()

/**
 * Takes the lock, or returns undefined while somebody else has it. The operating system frees it when its holder dies,
 * however that happens: a recorded process id could by then belong to another process. Node has no flock, SQLite does.
 */
export function tryLock(file: string): Lock | undefined {
  const handle = new DatabaseSync(file, { timeout: 0 })
  try {
    handle.exec('pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    handle.close()
    if (isBusy(error)) return undefined
    throw error
  }
  held.add(handle)
  return {
    release() {
      if (held.delete(handle)) handle.close()
    },
  }
}

const SQLITE_BUSY = 5

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}
