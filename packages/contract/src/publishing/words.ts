const segmenter = new Intl.Segmenter('en', { granularity: 'word' })

/** Counts words as Unicode UAX #29 segments them, so that text without spaces is counted too. */
export function countWords(text: string): number {
  let words = 0
  for (const segment of segmenter.segment(text)) {
    if (segment.isWordLike) words += 1
  }
  return words
}
