import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ClusterError } from './cluster-error.ts'
import { canEnter, type RunAs } from './run-as.ts'

/** Where things live that the server's account cannot reach inside the checkout (`/root` is usually closed). */
export const stateFolder = '/var/lib/galley'

/** The data folder of a cluster and what is kept beside it. */
export interface ClusterFiles {
  data: string
  password: string
  log: string
  lock: string
}

/** Makes the parent folder and decides where the cluster really lives: see `startCluster`. */
export function clusterFiles(dataDir: string, account?: RunAs): ClusterFiles {
  const wanted = underRealParent(path.resolve(dataDir))
  const data =
    account && !canEnter(path.dirname(wanted), account)
      ? underRealParent(path.join(stateFolder, relocatedName(wanted)))
      : wanted
  return { data, password: `${data}.password`, log: `${data}.log`, lock: `${data}.lock` }
}

// One name for one folder: the running server is recognised by it.
function underRealParent(folder: string): string {
  const parent = path.dirname(folder)
  mkdirSync(parent, { recursive: true })
  return path.join(realpathSync(parent), path.basename(folder))
}

function relocatedName(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  return `${path.basename(folder)}-${hash}`
}

/** The superuser's password, generated when the data folder was made. Throws ClusterError when its file is gone. */
export function readPassword(files: ClusterFiles): string {
  try {
    return readFileSync(files.password, 'utf8').trim()
  } catch (cause) {
    throw new ClusterError(
      `The password of the database in ${files.data} cannot be read: put ${files.password} back, or move the data folder away to begin afresh.`,
      { cause },
    )
  }
}

/** A folder that the server's account may pass through, gone when the test ends. */
export function temporaryFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'galley-db-'))
  chmodSync(folder, 0o711)
  return {
    at: (...names: string[]) => path.join(folder, ...names),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
