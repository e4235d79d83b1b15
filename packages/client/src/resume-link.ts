import type { TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import { toGalleyError } from './error.ts'
import { mayPass, waitMs, type RetryOptions } from './retries.ts'

/** Streams have time: the longest wait between two tries, unless the options say otherwise. */
const LONGEST_WAIT_MS = 60_000

/**
 * Begins a subscription again after its last message where it ends in a way that may pass, for as long as somebody listens.
 * All other failures leave here as `GalleyError`s.
 */
export const resumeLink =
  <Router extends AnyTRPCRouter>(retries: RetryOptions | false): TRPCLink<Router> =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let failures = 0
      let lastEventId: string | undefined
      let call: Unsubscribable | undefined
      let timer: ReturnType<typeof setTimeout> | undefined

      const begin = () => {
        const input = lastEventId === undefined ? op.input : after(op.input, lastEventId)
        call = next({ ...op, input }).subscribe({
          ...observer,
          next(value) {
            if ('id' in value.result && value.result.id !== undefined) {
              lastEventId = value.result.id
              failures = 0
            }
            observer.next(value)
          },
          error(thrown) {
            const error = toGalleyError(thrown)
            failures += 1
            if (!retries || !mayPass(error)) observer.error(error)
            else
              timer = setTimeout(
                begin,
                waitMs(failures, error, { maxMs: LONGEST_WAIT_MS, ...retries }),
              )
          },
        })
      }
      begin()
      return () => {
        clearTimeout(timer)
        call?.unsubscribe()
      }
    })

const after = (input: unknown, lastEventId: string) =>
  ({ ...Object(input), lastEventId }) as unknown
