import type { Operation, TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import { CallError, toGalleyError } from './error.ts'
import { idempotencyKeyOf } from './idempotency.ts'
import { mayPass, waitMs, type RetryOptions } from './retries.ts'

export type RetryLinkOptions = {
  retries: RetryOptions | false
  /** For a call as a whole, waits included. */
  timeoutMs: number
}

/**
 * Sends what is safe to repeat again when it fails in a way that may pass, and gives up on any call after `timeoutMs`.
 * Every failure leaves here as a `GalleyError`.
 */
export const retryLink =
  <Router extends AnyTRPCRouter>({ retries, timeoutMs }: RetryLinkOptions): TRPCLink<Router> =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      const until = performance.now() + timeoutMs
      // Not `AbortSignal.timeout`: nothing ends its timer, which holds all that the call knows until it rings.
      const late = new AbortController()
      const deadline = setTimeout(() => late.abort(), timeoutMs)
      const signal = op.signal ? AbortSignal.any([op.signal, late.signal]) : late.signal
      const attempts = retries && isRepeatable(op) ? (retries.attempts ?? 4) : 1
      let call: Unsubscribable | undefined
      let timer: ReturnType<typeof setTimeout> | undefined

      const send = (failures: number) => {
        call = next({ ...op, signal }).subscribe({
          ...observer,
          error: (thrown) => {
            const error = toGalleyError(thrown)
            const wait = waitMs(failures, error, retries || {})
            const isLast = failures === attempts || performance.now() + wait >= until
            if (isLast || signal.aborted || !mayPass(error)) fail(error)
            else timer = setTimeout(send, wait, failures + 1)
          },
        })
      }
      const fail = (error: CallError) => {
        observer.error(error)
      }
      const stop = () => {
        signal.removeEventListener('abort', giveUp)
        clearTimeout(deadline)
        clearTimeout(timer)
        call?.unsubscribe()
      }
      // Not left to the request: calls that share one wait for the last of them.
      const giveUp = () => {
        fail(late.signal.aborted ? timedOut(timeoutMs) : aborted(signal.reason))
        stop()
      }
      if (signal.aborted) giveUp()
      else {
        signal.addEventListener('abort', giveUp)
        send(1)
      }
      return stop
    })

const isRepeatable = (op: Operation) => op.type === 'query' || idempotencyKeyOf(op) !== undefined

const timedOut = (timeoutMs: number) =>
  new CallError('client/timed-out', { message: `No answer within ${timeoutMs} ms.` })

export const aborted = (cause: unknown) =>
  new CallError('client/aborted', { message: 'The call was aborted.', cause })
