import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { ClusterError } from './cluster-error.ts'

/** The account PostgreSQL runs under, where it is not our own. */
export interface RunAs {
  uid: number
  gid: number
}

/** PostgreSQL refuses to run as root: then it is the `postgres` account, else `nobody`. Undefined when we are not root. */
export function unprivilegedAccount(): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const wanted of ['postgres', '_postgres', 'nobody']) {
    const line = accounts.find((account) => account.startsWith(`${wanted}:`))
    const [, , uid, gid] = line?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new ClusterError(
    'PostgreSQL does not run as root and this machine has neither a postgres nor a nobody account. Start Galley as another user, or set DATABASE_URL.',
  )
}

/** Whether the account may pass through `folder` and every folder above it. */
export function canEnter(folder: string, account: RunAs): boolean {
  const { mode, uid, gid } = statSync(folder)
  const passable =
    uid === account.uid ? mode & 0o100 : gid === account.gid ? mode & 0o010 : mode & 0o001
  const parent = path.dirname(folder)
  return passable !== 0 && (parent === folder || canEnter(parent, account))
}
