import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { ClusterError } from './cluster-error.ts'
import { serverEnvironment } from './data-folder.ts'
import type { ClusterFiles } from './files.ts'
import { disarmPidFile, findPostmaster, type Postmaster } from './postmaster.ts'
import type { RunAs } from './run-as.ts'

interface Options {
  binaries: Binaries
  durable: boolean
  port?: number | undefined
  account?: RunAs | undefined
  env?: Record<string, string> | undefined
}

const LOG_LIMIT_BYTES = 5_000_000
// Crash recovery of a large data folder takes its time.
const START_LIMIT_MS = 60_000

/**
 * Starts a server of its own process group on 127.0.0.1 and waits until it accepts connections. Tries again while children
 * of a killed server still hold its shared memory. Throws ClusterError, with PostgreSQL's own reason.
 */
export async function launch(files: ClusterFiles, options: Options): Promise<Postmaster> {
  const deadline = performance.now() + START_LIMIT_MS
  for (;;) {
    const port = await bind(options.port)
    disarmPidFile(files.data)
    const started = await attempt(files, port, options)
    if (typeof started === 'object') return started
    const temporary = /shared memory block .* still in use|could not bind/.test(started)
    if (!temporary || performance.now() > deadline) {
      const reason = /FATAL: +(.*)/.exec(started)?.[1] ?? 'it ended without a message'
      throw new ClusterError(`PostgreSQL did not start: ${reason}. Its log is ${files.log}`)
    }
    await sleep(200)
  }
}

/** The port asked for, or any that is free. */
async function bind(wanted = 0): Promise<number> {
  const probe = createServer()
  const port = await new Promise<number>((resolve, reject) => {
    probe.once('error', (cause) => {
      const message = `Port ${wanted}, meant for PostgreSQL, cannot be used: ${cause.message}`
      reject(new ClusterError(message, { cause }))
    })
    probe.listen(wanted, '127.0.0.1', () => resolve((probe.address() as AddressInfo).port))
  })
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** The ready server, or what it wrote to its log before it ended. */
async function attempt(
  files: ClusterFiles,
  port: number,
  options: Options,
): Promise<Postmaster | string> {
  const log = openLog(files.log)
  const child = spawn(
    options.binaries.postgres,
    ['-D', files.data, ...settings(port, options.durable)],
    {
      ...options.account,
      cwd: files.data,
      env: { ...serverEnvironment, ...options.env },
      detached: true,
      stdio: ['ignore', log.descriptor, log.descriptor],
    },
  )
  closeSync(log.descriptor)
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`FATAL: ${error.message}`))
    child.once('exit', () => resolve(''))
  })
  child.unref()

  const deadline = performance.now() + START_LIMIT_MS
  while (performance.now() < deadline) {
    const running = findPostmaster(files.data)
    if (running?.pid === child.pid && running?.status === 'ready') return running
    const failure = await Promise.race([ended, sleep(10)])
    if (failure !== undefined) return failure || readFileSync(files.log).toString('utf8', log.size)
  }
  child.kill('SIGQUIT')
  return `FATAL: it was not ready after ${START_LIMIT_MS / 1000} s`
}

function openLog(file: string) {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const full = size > LOG_LIMIT_BYTES
  return { descriptor: openSync(file, full ? 'w' : 'a', 0o600), size: full ? 0 : size }
}

function settings(port: number, durable: boolean): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Throw-away servers carry tests, of several workspaces at once.
    max_connections: durable ? 100 : 300,
    shared_buffers: '64MB',
    // A query of a killed process ends instead of holding its locks. Windows cannot do it.
    ...(process.platform !== 'win32' && { client_connection_check_interval: '1s' }),
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
