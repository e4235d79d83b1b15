import type { TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import { toGalleyError } from './error.ts'
import { mayPass, waitMs, type RetryOptions } from './retries.ts'

/** Streams have time: the longest wait between two tries, unless the options say otherwise. */
const LONGEST_WAIT_MS = 60_000

type ResumeOptions = {
  retries: RetryOptions | false
  /** The token that is used next, where there are several in turn: a stream lasts longer than one of them. */
  nextToken?: (() => Promise<string>) | undefined
}

/**
 * Begins a subscription again after its last message where it ends in a way that may pass, for as long as somebody listens.
 * All other failures leave here as `GalleyError`s.
 */
export const resumeLink =
  <Router extends AnyTRPCRouter>({ retries, nextToken }: ResumeOptions): TRPCLink<Router> =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let failures = 0
      let hasRunOut = false
      let lastEventId: string | undefined
      let call: Unsubscribable | undefined
      let timer: ReturnType<typeof setTimeout> | undefined
      let isWanted = true

      const begin = async () => {
        await nextToken?.()
        if (!isWanted) return
        const input = lastEventId === undefined ? op.input : after(op.input, lastEventId)
        call = next({ ...op, input }).subscribe({
          ...observer,
          next(value) {
            if ('id' in value.result && value.result.id !== undefined) {
              lastEventId = value.result.id
              failures = 0
              hasRunOut = false
            }
            observer.next(value)
          },
          error: fail,
        })
      }
      const fail = (thrown: unknown) => {
        const error = toGalleyError(thrown)
        failures += 1
        const mayRenew = nextToken !== undefined && !hasRunOut && error.reason === 'token/invalid'
        if (mayRenew) hasRunOut = true
        if (!retries || !(mayRenew || mayPass(error))) observer.error(error)
        else {
          const wait = waitMs(failures, error, { maxMs: LONGEST_WAIT_MS, ...retries })
          timer = setTimeout(start, wait)
        }
      }
      const start = () => {
        begin().catch(fail)
      }
      start()
      return () => {
        isWanted = false
        clearTimeout(timer)
        call?.unsubscribe()
      }
    })

const after = (input: unknown, lastEventId: string) =>
  ({ ...Object(input), lastEventId }) as unknown
