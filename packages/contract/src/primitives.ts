import { z } from 'zod'

/** Refuses U+0000, which PostgreSQL cannot store, and lone surrogates, which UTF-8 cannot carry. */
const storable = (value: string) => !value.includes('\0') && value.isWellFormed()
const storableMessage = 'Contains characters that cannot be stored.'

/**
 * Text over several lines, as written but in Unicode form NFC; at most `max` UTF-16 units.
 * The length is looked at last: NFC can make a text longer.
 */
export const multiline = (max: number) =>
  z
    .string()
    .refine(storable, storableMessage)
    .overwrite((value) => value.normalize('NFC').replaceAll('\r\n', '\n'))
    .max(max, `Must be at most ${max.toLocaleString('en')} characters.`)

/** One line of text: trimmed, inner white space folded, NFC; at most `max` UTF-16 units. */
export const line = (max: number) =>
  z
    .string()
    .refine(storable, storableMessage)
    .overwrite((value) => value.normalize('NFC').replaceAll(/\s+/gu, ' ').trim())
    .max(max, `Must be at most ${max.toLocaleString('en')} characters.`)

/** UUIDv7 (RFC 9562), lower case. */
export const Id = z.uuidv7('Must be an id.').toLowerCase()

/** A moment as ISO 8601 in UTC with milliseconds, `2026-03-14T08:30:00.000Z`. */
export const Timestamp = z.iso.datetime()

export const Count = z.int().nonnegative()

/** What every list takes: at most `limit` items (1 to 100, 20 unless told), after `cursor`. */
export const PageInput = z.strictObject({
  limit: z.int().min(1).max(100).default(20),
  /** `nextCursor` of the page before; opaque. */
  cursor: z.string().min(1).max(512).optional(),
})
export type PageInput = z.output<typeof PageInput>

/** What a list takes that one can jump into: `offset` in place of `cursor`; with `total`, the answer counts all. */
export const CountedPageInput = PageInput.extend({
  offset: z.int().min(0).max(10_000).optional(),
  total: z.boolean().optional(),
})
export type CountedPageInput = z.output<typeof CountedPageInput>

/** Whether a list is told one place to start from, not two. */
export const startsOnce = ({ cursor, offset }: Pick<CountedPageInput, 'cursor' | 'offset'>) =>
  cursor === undefined || offset === undefined

export const startsTwice = { path: ['offset'], message: 'Give either offset or cursor.' }

/** What every list answers; `nextCursor` is null on the last page, `total` is there where it was asked for. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    page: z.object({ nextCursor: z.string().nullable(), total: Count.optional() }),
  })

export type Page<Item> = {
  items: Item[]
  page: { nextCursor: string | null; total?: number | undefined }
}

/** The input of what needs none. */
export const Nothing = z.strictObject({}).optional()

/** The answer of a deletion. */
export const Deleted = z.object({ id: Id })
export type Deleted = z.output<typeof Deleted>
