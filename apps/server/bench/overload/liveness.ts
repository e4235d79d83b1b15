import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { type Answer, send } from './offer.ts'

const EVERY_MS = 100

/** How `/health/live` answered, on one connection that is kept and on a new one each time. */
export type Liveness = Record<'kept' | 'fresh', Answer[]>

/** Asks ten times a second, from a thread of its own: the one that makes the load is as late as the server. */
export function watchLiveness(origin: string) {
  const thread = new Worker(new URL(import.meta.url), { workerData: origin })
  const ended = new Promise<Liveness>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
  })
  return {
    stop() {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage('stop')
      return ended
    },
  }
}

if (!isMainThread) {
  const origin = String(workerData)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const stopping = new AbortController()
  parentPort?.once('message', () => stopping.abort())
  const watch = async (through?: Agent) => {
    const answers: Answer[] = []
    while (!stopping.signal.aborted) {
      answers.push(await send(origin, { method: 'GET', path: '/health/live' }, through))
      await sleep(EVERY_MS)
    }
    return answers
  }
  const [kept, fresh] = await Promise.all([watch(agent), watch()])
  agent.destroy()
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage({ kept, fresh } satisfies Liveness)
}
