import { setTimeout as sleep } from 'node:timers/promises'
import type { Part } from '../../bench/publishing/scale/processes.ts'

export type Supervisor = {
  /** Resolves when the part has been started again, where it has to be. */
  whenUp(part: Part): Promise<void>
  /** Starts nothing from then on; resolves when what was about to start has. */
  stop(): Promise<void>
}

const LOOK_MS = 100

/** Starts again what has ended, as systemd would, until it is stopped. */
export function supervise(parts: readonly Part[]): Supervisor {
  const over = new AbortController()
  const watching = parts.map(watch)
  const all = Promise.all(watching)
  all.catch(() => {})
  return {
    async whenUp(part) {
      while (!isAlive(part.pid) || starting.has(part)) await Promise.race([sleep(20), all])
    },
    async stop() {
      over.abort()
      await all
    },
  }

  async function watch(part: Part) {
    while (!over.signal.aborted) {
      if (!isAlive(part.pid)) await startAgain(part)
      await sleep(LOOK_MS)
    }
  }
}

const starting = new Set<Part>()

/** Tries again: the port may still be held by what is about to end. */
async function startAgain(part: Part) {
  starting.add(part)
  for (let tries = 0; ; tries += 1) {
    try {
      await part.start()
      break
    } catch (error) {
      if (tries === 20) throw error
      await part.end('SIGKILL')
      await sleep(250)
    }
  }
  starting.delete(part)
}

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
