import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import type { Binaries } from './binaries.ts'
import { ClusterError } from './cluster-error.ts'
import { readPassword, type ClusterFiles } from './files.ts'
import type { RunAs } from './run-as.ts'

export const superuser = 'galley'

/** What PostgreSQL's programs see of the environment: nothing of ours, and messages in English. */
export const serverEnvironment = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' }

interface Options {
  binaries: Binaries
  durable: boolean
  account?: RunAs | undefined
}

/** Leaves a data folder of this PostgreSQL's version in place, made by initdb when there is none. Throws ClusterError. */
export async function prepareDataFolder(files: ClusterFiles, options: Options): Promise<void> {
  const found = inspect(files.data)
  if (found === 'nothing') return initialise(files, options)
  if (found !== options.binaries.major) {
    throw new ClusterError(
      `${files.data} holds data of PostgreSQL ${found}; this is PostgreSQL ${options.binaries.major}. Move the folder away to begin afresh, or run PostgreSQL ${found} on it and set DATABASE_URL.`,
    )
  }
  readPassword(files)
}

function inspect(folder: string): string {
  if (!existsSync(folder)) return 'nothing'
  try {
    const entries = readdirSync(folder)
    if (entries.length === 0) return 'nothing'
    if (entries.includes('PG_VERSION')) {
      return readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim()
    }
  } catch (cause) {
    throw new ClusterError(`${folder} cannot be read as a data folder of PostgreSQL.`, { cause })
  }
  throw new ClusterError(
    `${folder} has other files in it and is not a data folder of PostgreSQL. Empty it or choose another folder.`,
  )
}

// Made under another name and moved into place: a folder with a PG_VERSION is a finished one.
async function initialise(files: ClusterFiles, options: Options): Promise<void> {
  const partial = `${files.data}.partial`
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { mode: 0o700 })
  rmSync(files.password, { force: true })
  writeFileSync(files.password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  const { account } = options
  if (account) {
    for (const each of [partial, files.password]) chownSync(each, account.uid, account.gid)
  }
  try {
    await initdb(partial, files.password, options)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    throw error
  }
  if (existsSync(files.data)) rmdirSync(files.data)
  renameSync(partial, files.data)
}

async function initdb(folder: string, passwordFile: string, options: Options): Promise<void> {
  const run = spawn(
    options.binaries.initdb,
    [
      ['-D', folder, '-U', superuser, `--pwfile=${passwordFile}`, '-A', 'scram-sha-256'],
      ['-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
      options.durable ? ['--no-instructions'] : ['--no-instructions', '--no-sync'],
    ].flat(),
    {
      ...options.account,
      cwd: folder,
      env: serverEnvironment,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const failed = new Promise<string | undefined>((resolve) => {
    run.once('error', (error) => resolve(error.message))
    run.once('close', (code) => resolve(code === 0 ? undefined : `exit code ${code}`))
  })
  const [failure, messages] = await Promise.all([failed, text(run.stderr)])
  if (failure === undefined) return
  throw new ClusterError(
    `A data folder for PostgreSQL could not be made in ${path.dirname(folder)}: ${messages.trim() || failure}`,
  )
}
