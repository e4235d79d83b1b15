import { Agent, request } from 'node:http'
import type { Call } from '../load.ts'

export type Answer = { status: number; ms: number; retryAfter: string | undefined }

/** `kept`: as a proxy keeps them, open before it begins. `fresh`: one for each call, as of people who come once. */
export type Connections = 'kept' | 'fresh'

/** The most at once. */
const CONNECTIONS = 400
const alive: Call = { method: 'GET', path: '/health/live' }

/**
 * Starts `perSecond` calls a second, however long the answers take: people do not wait for each other. What finds no
 * connection free is not sent and not counted.
 */
export async function offer(
  origin: string,
  calls: Call[],
  {
    perSecond,
    seconds,
    connections,
  }: { perSecond: number; seconds: number; connections: Connections },
): Promise<Answer[]> {
  const keepAlive = connections === 'kept'
  const agent = new Agent({ keepAlive, maxSockets: CONNECTIONS, maxFreeSockets: CONNECTIONS })
  const answers: Promise<Answer>[] = []
  if (keepAlive) {
    await Promise.all(Array.from({ length: CONNECTIONS }, () => send(origin, alive, agent)))
  }
  let started = 0
  let outstanding = 0
  const start = async (call: Call) => {
    outstanding += 1
    const answer = await send(origin, call, agent)
    outstanding -= 1
    return answer
  }
  const begun = performance.now()
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = (performance.now() - begun) / 1000
      const due = Math.min(elapsed, seconds) * perSecond
      for (; started < due; started++) {
        if (outstanding < CONNECTIONS) answers.push(start(callAt(calls, started)))
      }
      if (elapsed < seconds) return
      clearInterval(timer)
      resolve()
    }, 5)
  })
  const all = await Promise.all(answers)
  agent.destroy()
  return all
}

function callAt(calls: Call[], at: number): Call {
  const call = calls[at % calls.length]
  if (!call) throw new Error('There is nothing to send')
  return call
}

/** Status 0 is no answer. */
export function send(origin: string, call: Call, agent?: Agent): Promise<Answer> {
  const begun = performance.now()
  const { method, path, headers } = call
  return new Promise((resolve) => {
    const end = (status: number, retryAfter?: string) =>
      resolve({ status, ms: performance.now() - begun, retryAfter })
    request(`${origin}${path}`, { method, headers, agent }, (response) => {
      response.resume()
      response.once('end', () => end(response.statusCode ?? 0, response.headers['retry-after']))
      response.once('error', () => end(0))
    })
      .once('error', () => end(0))
      .end(call.body)
  })
}
