import type { ErrorReason } from '@galley/contract/errors'

// Each `code` is the reason that the caller of the API gets.

/** Rendering hit its time limit, or one of the limits that keep a hostile text from reaching it. */
export class MarkdownTooComplex extends Error {
  override readonly name = 'MarkdownTooComplex'
  readonly code = 'markdown/too-complex' satisfies ErrorReason
}

/** Too much waits to be rendered, of this holder or of all: to be tried again after a moment. */
export class RendererBusy extends Error {
  override readonly name = 'RendererBusy'
  readonly code = 'server/unavailable' satisfies ErrorReason
}

/** What a thread says of the time it spends: `start` where the document is to blame for it. */
export type Clock = (action: 'start' | 'stop') => void

/** Adds up the time between each `start` and `stop`, and calls `onSpent` when `budgetMs` are used up. */
export function createTimeBudget(budgetMs: number, onSpent: () => void): Clock {
  let remainingMs = budgetMs
  let startedAt = 0
  let timer: NodeJS.Timeout | undefined
  return (action) => {
    if (action === 'start') {
      startedAt = performance.now()
      timer = setTimeout(onSpent, remainingMs)
    } else {
      clearTimeout(timer)
      remainingMs -= performance.now() - startedAt
    }
  }
}
