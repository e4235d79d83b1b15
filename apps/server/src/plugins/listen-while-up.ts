import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

const RETRY_MS = 1_000

/** Begins to listen when the app is ready, and tries until it can: the server must start without its database, too. */
export function listenWhileUp(app: FastifyInstance, listen: () => Promise<unknown>) {
  const closing = new AbortController()
  app.addHook('onReady', async () => {
    listenUntilClosed().catch(() => {})
  })
  app.addHook('onClose', async () => closing.abort())

  async function listenUntilClosed() {
    const { signal } = closing
    while (!signal.aborted) {
      try {
        await listen()
        return
      } catch {
        await sleep(RETRY_MS, undefined, { signal, ref: false })
      }
    }
  }
}
