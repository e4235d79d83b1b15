import type { AnyColumn } from 'drizzle-orm'
import { like } from 'drizzle-orm'

/** Whether the column begins with this text, whose `%` and `_` mean themselves. */
export const beginsWith = (column: AnyColumn, text: string) =>
  like(column, `${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)
