import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, createAsk } from '../../bench/publishing/scale/ask.ts'
import type { Site } from './site.ts'

const PATHS = ['/', '/api/v1/articles?limit=20', '/api/v1/search?q=subject7', '/health/live']
const CLIENTS = 4

/** People without a session who read one thing after the other, until they are stopped. */
export function startReaders({ origin }: Site, onAnswer: (answer: Answer) => void) {
  const { ask, close } = createAsk(origin, CLIENTS)
  const over = new AbortController()
  const reading = Array.from({ length: CLIENTS }, read)
  return {
    async stop() {
      over.abort()
      await Promise.all(reading)
      close()
    },
  }

  async function read(_: unknown, client: number) {
    for (let turn = client; !over.signal.aborted; turn += 1) {
      onAnswer(await ask({ path: PATHS[turn % PATHS.length] ?? '/', headers: { accept: '*/*' } }))
      await sleep(20)
    }
  }
}
