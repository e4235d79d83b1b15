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
 * Lets a prepared query read its rows by a function compiled for it. For each column of each row Drizzle looks up what
 * it is: a tenth of the server's time for a list. Outer joins stay Drizzle's.
 */
export function mapRowsQuickly<Query extends object>(query: Query): Query {
  const { fields, joinsNotNullableMap = {} } = query as PreparedQuery
  const hasOuterJoin = Object.values(joinsNotNullableMap).includes(false)
  const mapRow = hasOuterJoin || fields === undefined ? undefined : compile(fields)
  if (!mapRow) return query
  const mapper: PreparedQuery['customResultMapper'] = (rows) => rows.map((row) => mapRow(row))
  return Object.assign(query, { customResultMapper: mapper })
}

/** `(row) => ({ "id": row[0], "author": { "name": decoders[1](row[1]) } })`; nothing where a field is of an unknown kind. */
function compile(fields: Field[]): ((row: unknown[]) => unknown) | undefined {
  const decoders = fields.map(({ field }) => decoderOf(field))
  if (decoders.includes(undefined) || fields.some(({ path }) => path.length > 2)) return undefined
  const values = fields.map(({ path }, at) => ({ path, code: valueCode(at, decoders[at]) }))
  const parts = Map.groupBy(values, ({ path }) => path[0] ?? '')
  const code = objectCode(
    [...parts].map(([name, part]) => {
      const inner = part.filter(({ path }) => path.length === 2)
      const whole = part.find(({ path }) => path.length === 1)
      return [
        name,
        whole?.code ?? objectCode(inner.map((value) => [value.path[1] ?? '', value.code])),
      ]
    }),
  )
  // eslint-disable-next-line typescript/no-implied-eval -- made of names in our schema, each quoted
  return new Function('decoders', `return (row) => (${code})`)(decoders)
}

function valueCode(at: number, decoder: Decoder | undefined) {
  const value = `row[${at}]`
  if (decoder && isKeptAsItIs(decoder)) return value
  return `${value} === null ? null : decoders[${at}].mapFromDriverValue(${value})`
}

const objectCode = (entries: [name: string, code: string][]) =>
  `{ ${entries.map(([name, code]) => `${JSON.stringify(name)}: ${code}`).join(', ')} }`

const isKeptAsItIs = ({ mapFromDriverValue }: Decoder) =>
  mapFromDriverValue === Column.prototype.mapFromDriverValue ||
  mapFromDriverValue === noopDecoder.mapFromDriverValue

function decoderOf(field: unknown): Decoder | undefined {
  if (is(field, Column)) return field
  const expression = is(field, SQL) ? field : is(field, SQL.Aliased) ? field.sql : undefined
  return expression && Reflect.get(expression, 'decoder')
}
