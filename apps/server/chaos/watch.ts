import { setTimeout as sleep } from 'node:timers/promises'
import { createAsk } from '../bench/publishing/scale/ask.ts'
import { atMost, equal, type Finding, type World } from '../trials/trial.ts'

/** What `/health/ready` says. */
export type Ready = { status: number; failing: string | undefined; parts: Record<string, string> }

export type Health = ReturnType<typeof watchHealth>

export const withoutDatabase = ({ failing }: Ready) => failing === 'database'

/** What a trial may wait for at most. */
const PATIENCE_MS = 60_000
const LOOK_MS = 50

/** Asks a server for its liveness and its readiness all the time, as an orchestrator does, but more often. */
export function watchHealth({ ending }: World, origin: string) {
  const { ask, close } = createAsk(origin, 4)
  const over = new AbortController()
  let slowestMs = 0
  let dead = 0
  let last: Ready = { status: 0, failing: undefined, parts: {} }
  const seen = new Set<string>()
  const watching = Promise.all([every(live), every(ready)])
  ending.defer(end)

  return {
    /** Resolves when readiness is like this, to the milliseconds that it took. */
    async until(what: string, isSo: (now: Ready) => boolean): Promise<number> {
      const begun = performance.now()
      while (!isSo(last)) {
        if (performance.now() - begun > PATIENCE_MS) {
          throw new Error(
            `${what}: not so after ${PATIENCE_MS / 1000} s, but ${JSON.stringify(last)}`,
          )
        }
        await sleep(LOOK_MS)
      }
      return performance.now() - begun
    },
    /** The parts that were not well at some time, with their states. */
    seen,
    async stop(): Promise<Finding[]> {
      await end()
      return [
        equal('liveness missed', dead, 0),
        atMost('slowest liveness', slowestMs, 3_000, ' ms'),
      ]
    },
  }

  async function end() {
    over.abort()
    await watching
    close()
  }

  async function every(look: () => Promise<void>) {
    while (!over.signal.aborted) {
      await look()
      await sleep(LOOK_MS)
    }
  }

  async function live() {
    const { status, ms } = await ask({ path: '/health/live' })
    slowestMs = Math.max(slowestMs, ms)
    if (status !== 200) dead += 1
  }

  async function ready() {
    const { status, body } = await ask({ path: '/health/ready' })
    const { failing, parts = {} }: Partial<Ready> = status === 0 ? {} : JSON.parse(body)
    last = { status, failing, parts }
    for (const [part, state] of Object.entries(parts))
      if (state !== 'ok') seen.add(`${part} ${state}`)
  }
}

/** Resolves when nothing is left of what `look` returns; throws with it after a minute. */
export async function untilNothing(what: string, look: () => Promise<readonly unknown[]>) {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const left = await look()
    if (left.length === 0) return
    if (performance.now() > deadline) throw new Error(`${what}: ${JSON.stringify(left)}`)
    await sleep(LOOK_MS)
  }
}
