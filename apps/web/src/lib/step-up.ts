import type { AppRouter } from '@galley/api/root'
import type { TRPCLink } from '@trpc/client'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import { reasonOf } from './errors.ts'

/**
 * A mutation that is refused until the person confirms that it is them is sent once more after `ask` says that they
 * did, no matter which part of the page made it; when they did not, it fails as it was refused.
 */
export const stepUpLink =
  (ask: () => Promise<boolean>): TRPCLink<AppRouter> =>
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let call: Unsubscribable
      let wanted = true
      const askThenRepeat = async (refusal: Parameters<typeof observer.error>[0]) => {
        const confirmed = await ask()
        if (!wanted) return
        if (confirmed) call = next(op).subscribe(observer)
        else observer.error(refusal)
      }
      call = next(op).subscribe({
        ...observer,
        error: (error) => {
          const asks = op.type === 'mutation' && reasonOf(error) === 'session/step-up-required'
          if (asks) void askThenRepeat(error)
          else observer.error(error)
        },
      })
      return () => {
        wanted = false
        call.unsubscribe()
      }
    })

type Question = { asked: Promise<boolean>; settle: (confirmed: boolean) => void }

let question: Question | null = null
const listeners = new Set<() => void>()

/** Asks the person to confirm that it is them; resolves to whether they did. Several calls share one question. */
export function askForStepUp(): Promise<boolean> {
  if (!question) {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    question = { asked: promise, settle: resolve }
    for (const listener of listeners) listener()
  }
  return question.asked
}

/** The question that stands, for the dialog that puts it. */
export const stepUp = {
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
  isAsked: () => question !== null,
  settle: (confirmed: boolean) => {
    question?.settle(confirmed)
    question = null
    for (const listener of listeners) listener()
  },
}
