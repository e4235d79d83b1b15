import { Column, is, noopDecoder, SQL } from 'drizzle-orm'

/** What this uses of a prepared query of Drizzle's; it has more. */
type PreparedQuery = {
  fields?: Field[]
  /** Of the tables that are joined: false where all of a row's columns may be null for want of a partner. */
  joinsNotNullableMap?: Record<string, boolean>
  customResultMapper?: (rows: unknown[][]) => unknown[]
}
type Field = { path: string[]; field: unknown }
type Decoder = { mapFromDriverValue(value: unknown): unknown }

/**
 * Lets a prepared query read its rows by a function compiled for it (decision 059). Drizzle looks up of each column of each
 * row what kind it is: 13 % more CPU time for a list. Outer joins stay Drizzle's.
 */
export function mapRowsQuickly<Query extends object>(query: Query): Query {
  const { fields, joinsNotNullableMap = {} } = query as PreparedQuery
  const hasOuterJoin = Object.values(joinsNotNullableMap).includes(false)
  const mapRow = hasOuterJoin || fields === undefined ? undefined : readerOf(fields)
  if (!mapRow) return query
  const mapper: PreparedQuery['customResultMapper'] = (rows) => rows.map((row) => mapRow(row))
  return Object.assign(query, { customResultMapper: mapper })
}

type Read = (row: unknown[]) => unknown
type Part = { name: string; code: string }

/** Nothing where a field is of an unknown kind. */
function readerOf(fields: Field[]): Read | undefined {
  if (fields.some(({ path, field }) => path.length > 2 || !decoderOf(field))) return undefined
  const values = fields.map(({ path, field }, at) => ({ path, code: codeOfValue(at, field) }))
  const byName = Map.groupBy(values, ({ path }) => path[0] ?? '')
  const code = codeOfObject(
    [...byName].map(([name, group]) => {
      const whole = group.find(({ path }) => path.length === 1)
      const members = group.map(({ path, code }) => ({ name: path[1] ?? '', code }))
      return { name, code: whole?.code ?? codeOfObject(members) }
    }),
  )
  // oxlint-disable-next-line typescript/no-implied-eval -- made of quoted names of ours alone: decision 059
  const make = new Function('decoders', `return (row) => (${code})`)
  return make(fields.map(({ field }) => decoderOf(field)))
}

const codeOfObject = (parts: Part[]) =>
  `{ ${parts.map(({ name, code }) => `${JSON.stringify(name)}: ${code}`).join(', ')} }`

function codeOfValue(at: number, field: unknown): string {
  const decoder = decoderOf(field)
  if (!decoder || isIdentity(decoder)) return `row[${at}]`
  return `row[${at}] === null ? null : decoders[${at}].mapFromDriverValue(row[${at}])`
}

const isIdentity = ({ mapFromDriverValue }: Decoder) =>
  mapFromDriverValue === Column.prototype.mapFromDriverValue ||
  mapFromDriverValue === noopDecoder.mapFromDriverValue

function decoderOf(field: unknown): Decoder | undefined {
  if (is(field, Column)) return field
  const expression = is(field, SQL) ? field : is(field, SQL.Aliased) ? field.sql : undefined
  return expression && Reflect.get(expression, 'decoder')
}
