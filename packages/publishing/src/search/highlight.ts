import type { Highlight } from '@galley/contract/publishing/search'
import { word, type Terms } from './terms.ts'

const EXCERPT = 240
/** How much of an excerpt stands before what was found. */
const BEFORE = 70

/** A piece of plain text around the first of the terms, or its beginning. */
export function excerptOf(content: string, terms: Terms): string {
  const at = firstPlace(content, terms)
  const start = at <= BEFORE ? 0 : nextWord(content, at - BEFORE)
  const end = start + EXCERPT >= content.length ? content.length : endOfWord(content, start)
  const piece = content.slice(start, end).trim()
  return `${start > 0 ? '…' : ''}${piece}${end < content.length ? '…' : ''}`
}

/** A stem is not known here: the beginning of a word stands for it. */
function firstPlace(content: string, { words, runs }: Terms): number {
  const text = fold(content)
  const places = [
    ...words.map((each) => placeOfWord(text, fold(each).slice(0, Math.max(3, each.length - 3)))),
    ...runs.map((run) => content.indexOf(run)),
  ].filter((at) => at !== -1)
  return places.length === 0 ? 0 : Math.min(...places)
}

function placeOfWord(text: string, beginning: string): number {
  for (let at = text.indexOf(beginning); at !== -1; at = text.indexOf(beginning, at + 1)) {
    if (!/[\p{L}\p{M}\p{N}]/u.test(text.charAt(at - 1))) return at
  }
  return -1
}

/** In lower case and without accents, where that keeps every character at its place, else as it is. */
function fold(text: string): string {
  if (!mayBeMarked.test(text)) return text.toLowerCase()
  const folded = text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return folded.length === text.length ? folded : text
}

/** More than ASCII, its signs and those of typesetting, such as dashes and curly quotes. */
const mayBeMarked = /[^\0-\u00BF\u2010-\u206F]/

function nextWord(content: string, from: number): number {
  const space = content.indexOf(' ', from)
  // Without spaces, as in Japanese: between two characters.
  if (space === -1 || space - from > BEFORE / 2) return isInPair(content, from) ? from + 1 : from
  return space + 1
}

function endOfWord(content: string, start: number): number {
  const end = start + EXCERPT
  const space = content.lastIndexOf(' ', end)
  if (space > end - BEFORE / 2) return space
  return isInPair(content, end) ? end - 1 : end
}

const isInPair = (text: string, at: number) => /[\uDC00-\uDFFF]/.test(text.charAt(at))

type Fields = Record<Highlight['field'], string>

const fieldNames = ['title', 'description', 'excerpt'] as const

type Word = { field: Highlight['field']; start: number; text: string }

/** The words of the fields that may be forms of the terms: those that begin with the same letter, by letter. */
export function likelyWords(fields: Fields, { words }: Terms): Word[] {
  const initials = new Set(words.map((each) => initialOf(each.charAt(0))))
  const likely: Word[] = []
  for (const field of fieldNames) {
    const text = fields[field]
    if (plain.test(text)) {
      for (const initial of initials) likely.push(...plainWordsFrom(field, text, initial))
    } else {
      for (const { 0: own, index } of text.matchAll(word)) {
        if (initials.has(initialOf(own.charAt(0)))) likely.push({ field, start: index, text: own })
      }
    }
  }
  return likely
}

/** ASCII and the signs of typesetting, of which none is a letter. */
const plain = /^[\0-\u007F\u2010-\u206F]*$/

// To look for a letter takes a fifth of what it takes to part all words, and these were most of what a search allocated.
function plainWordsFrom(field: Word['field'], text: string, initial: string): Word[] {
  const found: Word[] = []
  for (const letter of new Set([initial, initial.toUpperCase()])) {
    for (let at = text.indexOf(letter); at !== -1; at = text.indexOf(letter, at + 1)) {
      if (isPlainLetter(text.charCodeAt(at - 1))) continue
      let end = at + 1
      while (isPlainLetter(text.charCodeAt(end))) end++
      found.push({ field, start: at, text: text.slice(at, end) })
    }
  }
  return found
}

// Of a place outside of the text it is NaN.
const isPlainLetter = (code: number) =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)

// "Łódź" begins as "lodz" does.
const initialOf = (letter: string) =>
  letter < '\u0080'
    ? letter.toLowerCase()
    : (lettersWithoutMarks[letter.toLowerCase()] ?? fold(letter))

const lettersWithoutMarks: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  æ: 'a',
  œ: 'o',
  ı: 'i',
  ё: 'е',
}

/** Where the words that are forms of the terms, and the runs of these, are in the fields. */
export function highlightsOf(
  fields: Fields,
  likely: Word[],
  forms: ReadonlySet<string>,
  { runs }: Terms,
): Highlight[] {
  const found = likely.filter(({ text }) => forms.has(text))
  if (found.length === 0 && runs.length === 0) return []
  return fieldNames.flatMap((name) => {
    const ofWords = found
      .filter(({ field }) => field === name)
      .map(({ start, text }) => ({ start, end: start + text.length }))
    const ranges = [...ofWords, ...runs.flatMap((run) => placesOf(fields[name], run))]
    return withoutOverlaps(ranges).map((range) => ({ field: name, ...range }))
  })
}

type Range = { start: number; end: number }

function placesOf(text: string, run: string): Range[] {
  const places: Range[] = []
  for (let at = text.indexOf(run); at !== -1; at = text.indexOf(run, at + run.length)) {
    places.push({ start: at, end: at + run.length })
  }
  return places
}

function withoutOverlaps(ranges: Range[]): Range[] {
  const kept: Range[] = []
  for (const range of ranges.toSorted((one, other) => one.start - other.start)) {
    const last = kept.at(-1)
    if (last && range.start < last.end) last.end = Math.max(last.end, range.end)
    else kept.push({ ...range })
  }
  return kept
}
