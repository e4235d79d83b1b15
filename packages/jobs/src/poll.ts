import { setTimeout as sleep } from 'node:timers/promises'

/** Work that is looked for, rather than left as jobs: thousands of small things cost less by the hundred. */
export type Poll = {
  /** Does a part of what is there; resolves whether there may be more. */
  run(): Promise<boolean>
  /** Calls `wake` when there is something to do, as far as it hears of it. Resolves to what ends that. */
  subscribe(wake: () => void): Promise<() => Promise<void>>
}

const POLL_MS = 1_000

/** Looks when it is woken, and every second for what it did not hear of. What fails is tried again then. */
export function startPoll({ run, subscribe }: Poll, onError: (error: unknown) => void) {
  const stopping = new AbortController()
  const { signal } = stopping
  let turnedAt = performance.now()
  let woken = Promise.withResolvers<void>()
  const wake = () => woken.resolve()
  signal.addEventListener('abort', wake)

  const loop = async () => {
    let unsubscribe: (() => Promise<void>) | undefined
    while (!signal.aborted) {
      woken = Promise.withResolvers()
      try {
        unsubscribe ??= await subscribe(wake)
        while (!signal.aborted && (await run())) turnedAt = performance.now()
      } catch (error) {
        onError(error)
      }
      turnedAt = performance.now()
      const pause = new AbortController()
      const waited = sleep(POLL_MS, undefined, { signal: pause.signal }).catch(() => {})
      if (!signal.aborted) await Promise.race([waited, woken.promise])
      pause.abort()
    }
    await unsubscribe?.()
  }
  const ended = loop()

  return {
    /** For how long it has got no further; a failure is a step too, since it goes on after it. */
    silentMs: () => performance.now() - turnedAt,
    /** Resolves when what runs has ended. */
    async stop() {
      stopping.abort()
      await ended
    },
  }
}
