import { z } from 'zod'
import { pageSizes } from './page-sizes.ts'
import { isForward } from './period.ts'
import { hasVisibleText, text } from './text.ts'

/** Text over several lines, as written but for Unicode form NFC and line ends; at most `max` code points. */
export const multiline = (max: number) =>
  text(max).overwrite((value) => value.replaceAll('\r\n', '\n'))

/**
 * One line of text: white space folded and trimmed, NFC, at most `max` code points. It may be empty, but not of
 * nothing that a reader sees, and holds nothing that acts on a terminal or on the text around it.
 */
export const line = (max: number) =>
  text(max)
    .overwrite((value) => value.replaceAll(/\s+/gu, ' ').trim())
    .refine((value) => !/\p{Cc}/u.test(value), 'Must not contain control characters.')
    .refine(keepsDirection, 'Must not contain characters that change the direction of text.')
    .refine((value) => value === '' || hasVisibleText(value), 'Must contain visible text.')

// Embeddings, overrides and isolates (UAX 9). The marks U+061C, U+200E and U+200F turn nothing around; writers need them.
const keepsDirection = (value: string) => !/[\u202A-\u202E\u2066-\u2069]/.test(value)

/** UUIDv7 (RFC 9562), lower case. */
export const Id = z.uuidv7('Must be an id.').toLowerCase()

/** A moment as ISO 8601 in UTC with milliseconds, `2026-03-14T08:30:00.000Z`. */
export const Timestamp = z.iso.datetime()

/** A moment that a caller gives, of the years 1000 to 9999. */
export const givenTimestamp = () =>
  z.iso
    .datetime('Must be a date and a time.')
    .refine(hasFourDigits, 'Must be of the years 1000 to 9999.')

/** A day of the calendar, in no zone: `2026-03-14`. */
export const calendarDate = () =>
  z.iso.date('Must be a date.').refine(hasFourDigits, 'Must be of the years 1000 to 9999.')

// PostgreSQL has no year 0, and JavaScript takes years below 100 for others.
function hasFourDigits(date: string) {
  return !date.startsWith('0')
}

const dayOrMoment = () =>
  z.union([givenTimestamp(), calendarDate()], 'Must be a date, or a date and a time.').optional()

/** The filters of a list by time: days of UTC, both included, or from a moment on and up to another one (`period.ts`). */
export const period = { from: dayOrMoment(), to: dayOrMoment() }

/** A whole number that an `integer` column holds. */
export const integer = () =>
  z
    .int('Must be a whole number.')
    .min(-2_147_483_648, 'Must be at least -2,147,483,648.')
    .max(2_147_483_647, 'Must be at most 2,147,483,647.')

/** An address of the web, as it was written. */
export const httpUrl = () =>
  line(2000).refine(isHttpUrl, 'Must be an address that begins with https:// or http://.')

function isHttpUrl(value: string) {
  return /^https?:\/\/[^\s\\<>"']+$/i.test(value) && URL.canParse(value)
}

/** A zone of the IANA time zone database, such as `Europe/Berlin`. */
export const TimeZone = line(64).refine(isTimeZone, 'Must be a time zone such as Europe/Berlin.')

function isTimeZone(value: string) {
  // Offsets are no zones: they do not know of daylight-saving time.
  if (!/^[A-Za-z]/.test(value)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const Count = z.int().nonnegative()

/** A place in a list by a line of 255 characters and an id, in base64: a character may take four bytes. */
const MAX_CURSOR = 1600

/** How far an `offset` reaches, and a `total` counts. */
export const MAX_TOTAL = 10_000

const pageFields = {
  limit: z.int().min(1).max(100).default(pageSizes.rows),
  /** `nextCursor` of the page before; opaque. */
  cursor: z.string().min(1).max(MAX_CURSOR).optional(),
  offset: z.int().min(0).max(MAX_TOTAL).optional(),
  total: z.boolean().optional(),
}

const hasOneStart = ({ cursor, offset }: { cursor?: unknown; offset?: unknown }) =>
  cursor === undefined || offset === undefined

const oneStart = { path: ['offset'], message: 'Give either offset or cursor.' }

/** What every list takes: at most `limit` items, after `cursor` or from `offset` on; with `total`, the page counts what is listed. */
export const PageInput = z.strictObject(pageFields).refine(hasOneStart, oneStart)
export type PageInput = z.output<typeof PageInput>

/** By when a thing was made, or happened. */
export const TimeOrder = z.enum(['newest', 'oldest'])

/**
 * The input of a list that can be put in order and narrowed: `sort` names an order of those that the list has, and each
 * filter keeps the items that pass it. The default is the first order. Of `from` and `to`, `to` is the later one.
 */
export const listInput = <Sort extends z.ZodEnum, Filters extends z.ZodRawShape>(
  sort: Sort,
  filters: Filters,
) =>
  z
    .strictObject({ ...pageFields, sort: sort.optional(), ...filters })
    .refine(hasOneStart, oneStart)
    .refine(isForward, { path: ['to'], message: 'Must not be before "from".' })

/** What every list returns; `nextCursor` is null on the last page, `total` is there where it was asked for. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    page: z.object({
      nextCursor: z.string().nullable(),
      /** Counted up to 10,000. */
      total: Count.optional(),
      /** Beside a `total` that is exceeded: the list has more. */
      totalExceeded: z.boolean().optional(),
    }),
  })

export type Page<Item> = {
  items: Item[]
  page: {
    nextCursor: string | null
    total?: number | undefined
    totalExceeded?: boolean | undefined
  }
}

/** The input of what needs none. */
export const Nothing = z.strictObject({}).optional()

/** The version that the caller saw last, an older one than the stored is refused; or whichever is stored. */
export const SeenVersion = z.union([z.int().min(1), z.literal('any')], {
  error: 'Must be the number of a version, or "any".',
})

/** What a deletion returns. */
export const Deleted = z.object({ id: Id })
export type Deleted = z.output<typeof Deleted>
