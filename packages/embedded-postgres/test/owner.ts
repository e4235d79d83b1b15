import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

interface Started {
  pid: number
  port: number
  adopted: boolean
}

/** Another process that starts (or adopts) the cluster. */
export async function startOwner(dataDir: string) {
  const program = fileURLToPath(new URL('cluster-process.ts', import.meta.url))
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(([code]) => Promise.reject(new Error(`the owner ended with ${code}`))),
  ])
  return {
    started: JSON.parse(line) as Started,
    async end() {
      child.stdin.end()
      await ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
