import { MAX_TOTAL, type Page, type PageInput } from '@galley/contract/primitives'
import { z } from 'zod'
import { AppError } from './errors.ts'

/** From where a list is read: after a place, or past `offset` rows; at most `limit` rows. */
type Start<Cursor> = { after: Cursor | null; offset: number; limit: number }

type List<Cursor, Row, Item> = {
  cursor: z.ZodType<Cursor>
  find(start: Start<Cursor>): Promise<readonly Row[]>
  /** How many rows the list has, at least as far as a `total` counts. */
  count(): Promise<number>
  toCursor(row: NoInfer<Row>): Cursor
  toItem(row: NoInfer<Row>): Item
}

/** The page of a list that `input` asks for; throws `cursor/invalid` for a cursor that another list made. */
export async function listPage<Cursor, Row, Item>(
  input: PageInput,
  { cursor, find, count, toCursor, toItem }: List<Cursor, Row, Item>,
): Promise<Page<Item>> {
  const after = decodeCursor(cursor, input.cursor)
  // A row too many tells that there is a next page.
  const rows = await find({ after, offset: input.offset ?? 0, limit: input.limit + 1 })
  const shown = rows.slice(0, input.limit)
  const last = rows.length > input.limit ? shown.at(-1) : undefined
  const nextCursor = last === undefined ? null : encodeCursor(toCursor(last))
  return {
    items: shown.map(toItem),
    page: { nextCursor, ...(input.total && toTotal(await count())) },
  }
}

const toTotal = (count: number) =>
  count > MAX_TOTAL ? { total: MAX_TOTAL, totalExceeded: true } : { total: count }

const encodeCursor = (cursor: unknown) => Buffer.from(JSON.stringify(cursor)).toString('base64url')

function decodeCursor<Cursor>(schema: z.ZodType<Cursor>, cursor: string | undefined) {
  if (cursor === undefined) return null
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()))
  if (!parsed.success) {
    throw new AppError('cursor/invalid', {
      fields: [{ path: 'cursor', message: 'Not a cursor of this list in this order.' }],
    })
  }
  return parsed.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Milliseconds since 1970, up to the year 9999: what a Date and a timestamptz both hold. */
export const Moment = z.int().min(0).max(253_402_300_799_999)
