import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'

/** A program that can be ended and started again, as by its supervisor. */
export type Part = {
  readonly name: string
  readonly pid: number
  /** Resolves when it has ended. */
  end(signal: NodeJS.Signals): Promise<void>
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
  let ended: Promise<unknown> = Promise.resolve()
  return {
    name,
    get pid() {
      return child?.pid ?? 0
    },
    async end(signal) {
      child?.kill(signal)
      await ended
    },
    async start() {
      const log = openSync(logFile, 'a')
      const started = spawn(command, args, { ...(env && { env }), stdio: ['ignore', log, log] })
      closeSync(log)
      child = started
      ended = once(started, 'exit')
      await until(async () => {
        if (started.exitCode !== null) {
          throw new Error(`${name} ended: ${readFileSync(logFile, 'utf8').slice(-1_000)}`)
        }
        return isReady()
      })
    },
  }
}

/** Resolves when it is so; throws after a minute. */
export async function until(isSo: () => Promise<boolean>) {
  const deadline = performance.now() + PATIENCE_MS
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('What was waited for did not happen')
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
