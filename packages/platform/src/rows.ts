import { type AnyColumn, ilike, like, type SQL } from 'drizzle-orm'

/** The row of a statement that cannot return none, such as `insert ... returning`. */
export function only<Row>(rows: Row[]): Row {
  const [row] = rows
  if (row === undefined) throw new Error('The statement returned no row')
  return row
}

type DateOf<Value> = Value extends string ? Date : Value

/** The column value of a timestamp of the API; null and undefined stay what they are. */
export const dateOf = <Value extends string | null | undefined>(timestamp: Value): DateOf<Value> =>
  (typeof timestamp === 'string' ? new Date(timestamp) : timestamp) as DateOf<Value>

/** Whether the column begins with this text, whose `%` and `_` mean themselves. */
export const beginsWith = (column: AnyColumn | SQL, text: string) =>
  like(column, `${literal(text)}%`)

/** Whether the column contains this text, in upper or lower case. */
export const contains = (column: AnyColumn, text: string) => ilike(column, `%${literal(text)}%`)

const literal = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`)
