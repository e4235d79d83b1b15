import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a running server says about itself in the `postmaster.pid` of its data folder. */
export interface Postmaster {
  pid: number
  port: number
  /** `starting`, `ready`, `stopping` or empty. */
  status: string
}

/** The server that runs on this data folder now; undefined when there is none, whatever a left-over file says. */
export function findPostmaster(dataFolder: string): Postmaster | undefined {
  const [pid, , , port, , , , status] = pidFile(dataFolder)?.split('\n') ?? []
  if (!pid || !isServerOf(Number(pid), dataFolder)) return undefined
  return { pid: Number(pid), port: Number(port), status: status?.trim() ?? '' }
}

/**
 * Makes the pid file of a killed server harmless when its number has since gone to another process. It is not deleted:
 * PostgreSQL finds in it the shared memory that surviving children still use, and it disregards the pid of its parent.
 */
export function disarmPidFile(dataFolder: string): void {
  const [, ...rest] = pidFile(dataFolder)?.split('\n') ?? []
  if (rest.length > 0) {
    writeFileSync(path.join(dataFolder, 'postmaster.pid'), [process.pid, ...rest].join('\n'))
  }
}

/** Stops the server: running transactions are rolled back; a server that hangs is made to end after some seconds. */
export async function stopPostmaster(pid: number, dataFolder: string): Promise<void> {
  const steps = [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const
  for (const [signal, patienceMs] of steps) {
    const deadline = performance.now() + patienceMs
    if (isServerOf(pid, dataFolder)) process.kill(pid, signal)
    while (isServerOf(pid, dataFolder)) {
      if (performance.now() > deadline) break
      await sleep(10)
    }
  }
}

function pidFile(dataFolder: string): string | undefined {
  try {
    return readFileSync(path.join(dataFolder, 'postmaster.pid'), 'utf8')
  } catch {
    return undefined
  }
}

// A pid may be dead, a zombie, or long since another process: only the command line tells.
function isServerOf(pid: number, dataFolder: string): boolean {
  if (process.platform === 'win32') return isAlive(pid)
  return commandLine(pid).includes(`-D ${dataFolder} `)
}

function commandLine(pid: number): string {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' }).stdout
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
