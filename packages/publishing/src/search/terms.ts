/** What a search asks for, as far as it is shown: not what it excludes. */
export type Terms = {
  /** Words, as they were typed. */
  words: string[]
  /** Runs of scripts that do not part words. */
  runs: string[]
  /** The word that may not be typed to its end: the last one, outside of a phrase; null where there is none. */
  last: string | null
}

export function termsOf(q: string): Terms {
  const wanted = q
    .replaceAll(/(?<!\S)-(?:"[^"]*"?|\S+)/gu, ' ')
    .replaceAll(/(?<!\S)or(?!\S)/giu, ' ')
  return { words: wordsIn(wanted), runs: wanted.match(unparted) ?? [], last: lastWord(q) }
}

/** The words of a text in order, without what is written without spaces between words. */
const wordsIn = (text: string): string[] => text.replaceAll(unparted, ' ').match(word) ?? []

export const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu

// Of one character it is all the words that hold it; of one letter it would be half of the language.
function lastWord(q: string): string | null {
  const isInPhrase = q.split('"').length % 2 === 0
  const [last] = /(?<!\S)[\p{L}\p{M}\p{N}]+$/u.exec(q) ?? []
  if (isInPhrase || last === undefined || last.toLowerCase() === 'or') return null
  return last.length >= 2 || last.search(unparted) === 0 ? last : null
}

/** Scripts that `search_words` of the database takes apart into pairs of characters. */
const unparted =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Myanmar}\p{sc=Khmer}ー]+/gu

/**
 * Whether it may ask for words in an order, which the index does not know: not only between quotes, also in `e-mail` and wherever PostgreSQL
 * takes a word apart. What has plain words alone is certain not to.
 */
export const mayBePhrase = (q: string): boolean => q.normalize('NFKC').split(/\s+/u).some(isOfParts)

function isOfParts(text: string): boolean {
  const [part, ...more] = text.match(/[\p{L}\p{M}\p{N}"]+/gu) ?? []
  if (part === undefined) return false
  return more.length > 0 || part.search(unparted) !== -1 || !plain.test(part)
}

const plain = /^(?:[\p{Lu}\p{Ll}\p{Lt}\p{Lo}]+|\d+)$/u
