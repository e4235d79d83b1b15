import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A folder that the server's account may pass through, gone when the test ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'galley-db-'))
  chmodSync(folder, 0o711)
  return {
    at: (...names: string[]) => path.join(folder, ...names),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
