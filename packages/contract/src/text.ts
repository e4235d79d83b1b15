import { z } from 'zod'

/**
 * Whether a reader sees anything of `text`: more than white space, characters without a glyph (U+200B, U+3164,
 * U+2800, variation selectors), controls, and marks that stand on nothing.
 */
export const hasVisibleText = (text: string): boolean => visible.test(text)

const visible =
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{M}\p{Cc}\p{Cs}\p{Co}\u2800\uFFF9-\uFFFC\u{1D159}]/u

/**
 * Text of any number of lines in Unicode form NFC; at most `max` code points, as PostgreSQL and JSON Schema count.
 * NFC is quadratic in a run of marks, so length and runs are looked at first and end the parse; it can make both
 * longer, so they are looked at again.
 */
export const text = (
  max: number,
  tooLong = `Must be at most ${max.toLocaleString('en')} characters.`,
) =>
  z
    .string()
    .max(max, { abort: true, error: tooLong })
    .refine(isStorable, { abort: true, error: 'Contains characters that cannot be stored.' })
    .refine(isStreamSafe, { abort: true, error: tooManyMarks })
    .overwrite((value) => value.normalize('NFC'))
    .refine(isStreamSafe, { abort: true, error: tooManyMarks })
    .max(max, { abort: true, error: tooLong })

// PostgreSQL cannot store U+0000, and UTF-8 cannot carry lone surrogates.
const isStorable = (value: string) => !value.includes('\0') && value.isWellFormed()

// No more than 30 marks in a row (Unicode Standard Annex 15, Stream-Safe Text Format).
const isStreamSafe = (value: string) => !/(?<!\p{M})\p{M}{31}/u.test(value)

const tooManyMarks = 'A letter must not carry more than 30 accents or other marks.'

/** The first `max` characters (code points) of `text`, with no character cut in two. */
export const truncate = (text: string, max: number): string =>
  Array.from(text.slice(0, 2 * max))
    .slice(0, max)
    .join('')

/**
 * What of `text` may stand in an address: without what nobody sees or can type (variation selectors, joiners, soft
 * hyphens, keycaps) and without marks that stand on nothing. Expects a compatibility form (NFKC or NFKD).
 */
export const addressText = (text: string): string =>
  text
    .replaceAll(/(?![\u200B\u200C])\p{Default_Ignorable_Code_Point}|\p{Me}/gu, '')
    .replaceAll(strayMarks, '')

// The zero-width space and non-joiner part words, so that they stay, to become hyphens.
const strayMarks = /(?<![\p{L}\p{N}\p{M}])\p{M}+/gu
