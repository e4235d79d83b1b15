import { diffArrays } from 'diff'

/** Neighbouring tokens that are in both texts, or in one of them. */
export type Run = { kind: 'same' | 'added' | 'removed'; tokens: string[] }

/** How long a comparison may still look for the shortest way; `isRough` once it had to give that up. */
export type Budget = { left(): number; isRough: boolean }

export function createBudget(ms: number): Budget {
  const until = performance.now() + ms
  return { left: () => Math.max(0, until - performance.now()), isRough: false }
}

/** Edits beyond these are not counted out: time and memory grow with their square. */
const MOST_EDITS = 2_000

/** What leads from one list of tokens to the other; where that takes too long, all between their common ends changes. */
export function diffTokens(before: string[], after: string[], budget: Budget): Run[] {
  const start = commonStart(before, after)
  const end = commonEnd(before.slice(start), after.slice(start))
  const removed = before.slice(start, before.length - end)
  const added = after.slice(start, after.length - end)
  return runsOf([
    { kind: 'same', tokens: before.slice(0, start) },
    ...diffMiddle(removed, added, budget),
    { kind: 'same', tokens: before.slice(before.length - end) },
  ])
}

function diffMiddle(before: string[], after: string[], budget: Budget): Run[] {
  const whole: Run[] = [
    { kind: 'removed', tokens: before },
    { kind: 'added', tokens: after },
  ]
  if (before.length === 0 || after.length === 0) return whole
  const timeout = budget.left()
  const changes =
    timeout > 0 ? diffArrays(before, after, { timeout, maxEditLength: MOST_EDITS }) : undefined
  if (!changes) {
    budget.isRough = true
    return whole
  }
  return changes.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    tokens: value,
  }))
}

function commonStart(before: string[], after: string[]) {
  let length = 0
  while (length < before.length && length < after.length && before[length] === after[length]) {
    length += 1
  }
  return length
}

const commonEnd = (before: string[], after: string[]) =>
  commonStart(before.toReversed(), after.toReversed())

/**
 * Without empty runs; between two that are the same, what is removed comes before what is added. A space between two
 * changes changes with them: word by word they would be hard to read.
 */
function runsOf(found: Run[]): Run[] {
  const runs: Run[] = []
  let removed: string[] = []
  let added: string[] = []
  const flush = () => {
    if (removed.length > 0) runs.push({ kind: 'removed', tokens: removed })
    if (added.length > 0) runs.push({ kind: 'added', tokens: added })
    removed = []
    added = []
  }
  for (const [at, { kind, tokens }] of found.entries()) {
    if (tokens.length === 0) continue
    if (kind === 'removed') removed.push(...tokens)
    else if (kind === 'added') added.push(...tokens)
    else if (removed.length > 0 && added.length > 0 && isSpace(tokens) && changes(found[at + 1])) {
      removed.push(...tokens)
      added.push(...tokens)
    } else {
      flush()
      const last = runs.at(-1)
      if (last?.kind === 'same') last.tokens.push(...tokens)
      else runs.push({ kind, tokens: [...tokens] })
    }
  }
  flush()
  return runs
}

const isSpace = (tokens: string[]) => tokens.every((token) => token === ' ')
const changes = (run: Run | undefined) => run !== undefined && run.kind !== 'same'

/** Whether two texts have so little in common that one replaces the other. */
export function areUnlike(runs: Run[]): boolean {
  const words = { same: 0, added: 0, removed: 0 }
  for (const { kind, tokens } of runs) {
    words[kind] += tokens.filter((token) => /^[^<&]*[\p{L}\p{N}]/u.test(token)).length
  }
  return words.same * 4 < Math.min(words.same + words.added, words.same + words.removed)
}
