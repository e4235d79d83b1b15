import type { ServerResponse } from 'node:http'

const LOOK_EVERY_MS = 2_000

/**
 * Cuts the connections of those who do not take their response: one that was finished `patienceMs` ago and has still not
 * left the process. Node's own time-out starts again with every byte that is taken, so it waits for ever for a client
 * that takes one a second. What streams is cut by the deadline of its request.
 */
export function createSlowReaders(patienceMs: number, lookEveryMs = LOOK_EVERY_MS) {
  const finishedAt = new Map<ServerResponse, number>()
  const timer = setInterval(() => {
    const latest = performance.now() - patienceMs
    for (const [response, at] of finishedAt) if (at < latest) response.destroy()
  }, lookEveryMs)
  timer.unref()

  return {
    /** Call when the response is complete on our side. */
    watch(response: ServerResponse) {
      if (response.writableFinished || response.destroyed) return
      finishedAt.set(response, performance.now())
      response.once('close', () => finishedAt.delete(response))
    },
    stop: () => clearInterval(timer),
  }
}
