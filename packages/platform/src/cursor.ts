import type { Page } from '@galley/contract/primitives'
import { z } from 'zod'
import { AppError } from './errors.ts'

/** Milliseconds since 1970, up to the year 9999: what a Date and a timestamptz both hold. */
const Moment = z.int().min(0).max(253_402_300_799_999)

/** Where a list in order of time stopped: the moment and, between equal moments, the id. */
export const TimeCursor = z.tuple([Moment, z.uuid()])
export type TimeCursor = z.output<typeof TimeCursor>

/** Reads a cursor made by `pageOf`; throws `cursor/invalid` for anything else. */
export function decodeCursor<Cursor>(schema: z.ZodType<Cursor>, cursor: string | undefined) {
  if (cursor === undefined) return null
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()))
  if (!parsed.success) {
    throw new AppError('cursor/invalid', {
      fields: [{ path: 'cursor', message: 'Not a cursor of this list.' }],
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

/** A page of at most `limit` items from `limit + 1` rows: the row too many tells that there is a next page. */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  toCursor: (row: Row) => unknown[],
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const nextCursor = last ? Buffer.from(JSON.stringify(toCursor(last))).toString('base64url') : null
  return { items: shown.map(toItem), page: { nextCursor } }
}

/** The page with how many there are in all. */
export const withTotal = <Item>({ items, page }: Page<Item>, total: number): Page<Item> => ({
  items,
  page: { ...page, total },
})
