import { compareHtml } from './compare-html.ts'
import { compareSource, type ComparedPart } from './compare-source.ts'
import { createBudget } from './diff-tokens.ts'

/** A Markdown text and what the renderer made of it. */
export type ComparedText = { markdown: string; html: string }

/**
 * `source` are the parts of the two Markdown texts, `html` is the later one with what is new in `ins` and what is gone in
 * `del`. `isRough` where they differ so much that longer parts are given as changed than are.
 */
export type Compared = { source: ComparedPart[]; html: string; isRough: boolean }

/** For each of the two: a comparison that takes longer goes on with what is simple to find. */
const BUDGET_MS = 400

/** More would only be noise, and long to send. */
const MOST_PARTS = 4_000

export function compare(before: ComparedText, after: ComparedText): Compared {
  const ofSource = createBudget(BUDGET_MS)
  const parts = compareSource(before.markdown, after.markdown, ofSource)
  const ofHtml = createBudget(BUDGET_MS)
  const html = compareHtml(before.html, after.html, ofHtml)
  const isTooFine = parts.length > MOST_PARTS
  const source: ComparedPart[] = isTooFine
    ? [
        { kind: 'removed', text: before.markdown },
        { kind: 'added', text: after.markdown },
      ]
    : parts
  return { source, html, isRough: isTooFine || ofSource.isRough || ofHtml.isRough }
}
