import { diff3Merge } from 'node-diff3'

/** A part of a merged text: decided, or changed by both in different ways. */
export type TextPart = { text: string } | { base: string; mine: string; theirs: string }

export type MergedText = TextPart[]

export const isUndecided = (part: TextPart): part is Exclude<TextPart, { text: string }> =>
  'mine' in part

/**
 * Merges two texts that were made of `base`, by paragraphs: what only one of them changed is taken from there, what both
 * changed in different ways is left to be decided. All that either of them added is in a part.
 */
export function mergeText(base: string, mine: string, theirs: string): MergedText {
  if (mine === theirs || base === theirs) return [{ text: mine }]
  if (base === mine) return [{ text: theirs }]
  const texts = { base: paragraphsOf(base), mine: paragraphsOf(mine), theirs: paragraphsOf(theirs) }
  return joined(
    mergeTokens(texts).flatMap((part) =>
      // Those who change two paragraphs in a row change nothing together: the gap between them is as it was.
      isUndecided(part)
        ? mergeTokens({
            base: withGaps(part.base),
            mine: withGaps(part.mine),
            theirs: withGaps(part.theirs),
          })
        : [part],
    ),
  )
}

/** Each with the gap after it, of which every text has one at its end. */
function paragraphsOf(text: string): string[] {
  const parts = `${text}\n\n`.split(gaps)
  return parts.flatMap((part, at) => {
    const gap = at % 2 === 0 ? parts[at + 1] : undefined
    return gap === undefined ? [] : [part + gap]
  })
}

const withGaps = (text: string): string[] => text.split(gaps).filter(Boolean)

const gaps = /(\n(?:[ \t]*\n)+)/

type Tokens = { base: string[]; mine: string[]; theirs: string[] }

/** What `diff3Merge` compares at most: each pair of equal tokens takes its time. */
const MOST_PAIRS = 1_000_000

function mergeTokens({ base, mine, theirs }: Tokens): MergedText {
  const start = commonStart(base, mine, theirs)
  const end = commonStart(
    ...([base, mine, theirs].map((tokens) => tokens.slice(start).toReversed()) as Three),
  )
  const middle = (tokens: string[]) => tokens.slice(start, tokens.length - end)
  const [of, a, b] = [middle(base), middle(mine), middle(theirs)]
  return [
    { text: base.slice(0, start).join('') },
    ...(pairsOf(of, a) + pairsOf(of, b) > MOST_PAIRS
      ? [{ base: of.join(''), mine: a.join(''), theirs: b.join('') }]
      : mergeMiddle(of, a, b)),
    { text: base.slice(base.length - end).join('') },
  ]
}

type Three = [string[], string[], string[]]

const mergeMiddle = (base: string[], mine: string[], theirs: string[]): MergedText =>
  diff3Merge(mine, base, theirs, { excludeFalseConflicts: true }).map(({ ok, conflict }) =>
    conflict
      ? { base: conflict.o.join(''), mine: conflict.a.join(''), theirs: conflict.b.join('') }
      : { text: (ok ?? []).join('') },
  )

function commonStart(...[base, mine, theirs]: Three) {
  let length = 0
  while (length < base.length && base[length] === mine[length] && base[length] === theirs[length]) {
    length += 1
  }
  return length
}

function pairsOf(tokens: string[], others: string[]) {
  const counts = new Map<string, number>()
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1)
  return others.reduce((pairs, token) => pairs + (counts.get(token) ?? 0), 0)
}

/** Without the gap at the end that was added. */
function joined(parts: MergedText): MergedText {
  const merged: MergedText = []
  for (const part of parts) {
    const last = merged.at(-1)
    if (isUndecided(part)) merged.push({ ...part })
    else if (last && !isUndecided(last)) last.text += part.text
    else if (part.text !== '') merged.push({ ...part })
  }
  const last = merged.at(-1)
  if (last && isUndecided(last)) {
    for (const side of ['base', 'mine', 'theirs'] as const) last[side] = withoutGap(last[side])
  } else if (last) last.text = withoutGap(last.text)
  return merged.filter((part) => isUndecided(part) || part.text !== '')
}

const withoutGap = (text: string) => text.replace(/\n\n$/, '')
