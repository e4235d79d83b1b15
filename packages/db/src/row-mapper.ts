import { Column, is, SQL } from 'drizzle-orm'

/** What this uses of a prepared query of Drizzle's; it has more. */
type PreparedQuery = {
  fields?: Field[]
  /** Of the tables that are joined: false where all of a row's columns may be null for want of a partner. */
  joinsNotNullableMap?: Record<string, boolean>
  customResultMapper?: (rows: unknown[][]) => Row[]
}
type Field = { path: string[]; field: unknown }
type Row = Record<string, unknown>
type Decoder = { mapFromDriverValue(value: unknown): unknown }
type Put = (row: Row, value: unknown) => void

/**
 * Lets a prepared query read its rows by a plan made once. Drizzle asks of each column of each row anew what it is,
 * which takes three times as long: a tenth of the server's time for a list. Outer joins stay Drizzle's.
 */
export function mapRowsQuickly<Query extends object>(query: Query): Query {
  const { fields, joinsNotNullableMap = {} } = query as PreparedQuery
  const hasOuterJoin = Object.values(joinsNotNullableMap).includes(false)
  const puts = hasOuterJoin ? undefined : fields?.map(toPut)
  if (!puts?.every((put) => put !== undefined)) return query
  const mapper: PreparedQuery['customResultMapper'] = (rows) => rows.map((row) => mapRow(puts, row))
  return Object.assign(query, { customResultMapper: mapper })
}

function mapRow(puts: Put[], values: unknown[]): Row {
  const row: Row = {}
  for (const [at, put] of puts.entries()) put(row, values[at])
  return row
}

function toPut({ path, field }: Field): Put | undefined {
  const decode = decoderOf(field)
  const [first, second, third] = path
  if (!decode || first === undefined || third !== undefined) return undefined
  if (second === undefined) return (row, value) => void (row[first] = decode(value))
  return (row, value) => {
    const part = (row[first] ??= {}) as Row
    part[second] = decode(value)
  }
}

function decoderOf(field: unknown) {
  const decoder = is(field, Column) ? field : expressionOf(field)
  if (!decoder) return undefined
  return (value: unknown) => (value === null ? null : decoder.mapFromDriverValue(value))
}

function expressionOf(field: unknown): Decoder | undefined {
  const expression = is(field, SQL) ? field : is(field, SQL.Aliased) ? field.sql : undefined
  return expression && Reflect.get(expression, 'decoder')
}
