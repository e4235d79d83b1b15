import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import postgres, { type Sql } from 'postgres'
import { startCluster, type Cluster } from './cluster.ts'
import { clusterFiles } from './files.ts'
import { type RunAs, unprivilegedAccount } from './run-as.ts'

interface Options {
  dataDir: string
  port?: number
  /** As that of the primary: a standby must take as many connections. */
  durable?: boolean
}

/**
 * Starts a hot standby that streams from `primary`, on a copy of its data where `dataDir` holds none yet. The primary keeps for it
 * what it has not received (a replication slot), so it may be stopped, killed and started again; the primary must keep its port.
 */
export async function startStandby(primary: Cluster, options: Options): Promise<Cluster> {
  const account = unprivilegedAccount()
  const files = clusterFiles(options.dataDir, account)
  if (!existsSync(files.data)) {
    const { password } = new URL(primary.url())
    writeOwned(files.password, `${password}\n`, account)
    await copyPrimary(primary, files.data, account)
  }
  return startCluster(options)
}

/** The low-level backup of PostgreSQL's manual (26.3.4): npm's package has no pg_basebackup. */
async function copyPrimary(primary: Cluster, data: string, account: RunAs | undefined) {
  const partial = `${data}.partial`
  rmSync(partial, { recursive: true, force: true })
  const sql = postgres(primary.url(), { max: 1, onnotice: () => {} })
  try {
    const slot = `standby_${randomBytes(6).toString('hex')}`
    await sql`select pg_create_physical_replication_slot(${slot}, true)`
    await sql`select pg_backup_start('standby', true)`
    copyFolder(primary.dataDir, partial, account)
    const [label] = await sql<{ labelfile: string }[]>`select labelfile from pg_backup_stop(false)`
    const write = (name: string, text: string) =>
      writeOwned(path.join(partial, name), text, account)
    write('backup_label', label?.labelfile ?? '')
    write('standby.signal', '')
    write('postgresql.auto.conf', settings(primary, slot))
    chmodSync(partial, 0o700)
    renameSync(partial, data)
  } finally {
    await close(sql)
  }
}

const close = (sql: Sql) => sql.end({ timeout: 5 })

function settings(primary: Cluster, slot: string): string {
  const { username, password } = new URL(primary.url())
  const to = `host=127.0.0.1 port=${primary.port} user=${username} password=${password}`
  return `primary_conninfo = '${to}'\nprimary_slot_name = '${slot}'\n`
}

/** What the copy needs none of, by the same page of the manual; the folders stay. */
const emptied = /^pg_(wal|replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)$|^pgsql_tmp/
const left = /^(postmaster\.(pid|opts)|pg_internal\.init.*|postgresql\.auto\.conf\.tmp)$/

function copyFolder(from: string, to: string, account: RunAs | undefined) {
  mkdirSync(to, { mode: 0o700 })
  if (account) chownSync(to, account.uid, account.gid)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory() && emptied.test(entry.name)) copyEmpty(target, account)
    else if (entry.isDirectory()) copyFolder(source, target, account)
    else if (!left.test(entry.name)) copyFile(source, target, account)
  }
}

function copyEmpty(target: string, account: RunAs | undefined) {
  mkdirSync(target, { mode: 0o700 })
  if (account) chownSync(target, account.uid, account.gid)
}

function copyFile(source: string, target: string, account: RunAs | undefined) {
  try {
    copyFileSync(source, target)
  } catch (error) {
    // A table that was dropped meanwhile; what is read of the log drops it in the copy, too.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw error
  }
  chmodSync(target, 0o600)
  if (account) chownSync(target, account.uid, account.gid)
}

function writeOwned(file: string, text: string, account: RunAs | undefined) {
  writeFileSync(file, text, { mode: 0o600 })
  if (account) chownSync(file, account.uid, account.gid)
}
