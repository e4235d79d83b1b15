import { areUnlike, type Budget, diffTokens, type Run } from './diff-tokens.ts'

/** A part of a text that is in both, or in one of two. */
export type ComparedPart = { kind: Run['kind']; text: string }

const segmenter = new Intl.Segmenter('en', { granularity: 'word' })

/** Words, and what stands between them, in any language. */
export const wordsOf = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment)

/** Line by line, and within lines that changed word by word. The parts of each text together are that text. */
export function compareSource(before: string, after: string, budget: Budget): ComparedPart[] {
  const runs = diffTokens(linesOf(before), linesOf(after), budget)
  return joined(
    runs.flatMap((run, at) => {
      const next = runs[at + 1]
      if (run.kind === 'removed' && next?.kind === 'added') {
        return diffWords(run.tokens.join(''), next.tokens.join(''), budget)
      }
      return run.kind === 'added' && runs[at - 1]?.kind === 'removed' ? [] : [run]
    }),
  )
}

const linesOf = (text: string): string[] => text.split(/(?<=\n)(?!\n)/)

function diffWords(removed: string, added: string, budget: Budget): Run[] {
  const runs = diffTokens(wordsOf(removed), wordsOf(added), budget)
  if (!areUnlike(runs)) return runs
  return [
    { kind: 'removed', tokens: [removed] },
    { kind: 'added', tokens: [added] },
  ]
}

function joined(runs: Run[]): ComparedPart[] {
  const parts: ComparedPart[] = []
  for (const { kind, tokens } of runs) {
    const text = tokens.join('')
    const last = parts.at(-1)
    if (last?.kind === kind) last.text += text
    else if (text !== '') parts.push({ kind, text })
  }
  return parts
}
