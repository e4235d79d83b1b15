import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'

/** A program that can be ended and started again, as by its supervisor. */
export type Part = {
  readonly name: string
  readonly pid: number
  /** Resolves when it has ended, to its exit code or to the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<unknown>
  /** Resolves when it is ready. */
  start(): Promise<void>
}

type Program = {
  name: string
  command: string
  args: string[]
  env?: Record<string, string>
  /** Where what it writes goes. */
  logFile: string
  isReady: () => Promise<boolean>
}

const PATIENCE_MS = 60_000
const LOOK_MS = 25

export function definePart({ name, command, args, env, logFile, isReady }: Program): Part {
  let child: ChildProcess | undefined
  let ended: Promise<unknown> = Promise.resolve(null)
  return {
    name,
    get pid() {
      return child?.pid ?? 0
    },
    async end(signal) {
      child?.kill(signal)
      return ended
    },
    async start() {
      const log = openSync(logFile, 'a')
      const started = spawn(command, args, { ...(env && { env }), stdio: ['ignore', log, log] })
      closeSync(log)
      child = started
      ended = once(started, 'exit').then(([code, by]): unknown => code ?? by)
      await until(async () => {
        if (started.exitCode !== null) {
          throw new Error(`${name} ended: ${readFileSync(logFile, 'utf8').slice(-1_000)}`)
        }
        return isReady()
      })
    },
  }
}

/** Resolves when it is so; throws after a minute, or so long. */
export async function until(isSo: () => Promise<boolean>, patienceMs = PATIENCE_MS) {
  const deadline = performance.now() + patienceMs
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('What was waited for did not happen')
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
