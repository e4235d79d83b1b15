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
