import { pageSizes } from '@galley/contract/page-sizes'
import { line, type Page, type PageInput } from '@galley/contract/primitives'
import type { Queryable } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { and, asc, desc, or, sql, type Placeholder, type SQL, type SQLWrapper } from 'drizzle-orm'
import { z } from 'zod'
import { listPage, Moment } from './cursor.ts'

/** What a list goes by: a column as SQL compares it, and its value as a cursor holds it. */
type Key<Row> = {
  column: SQLWrapper
  descending: boolean
  valueOf(row: Row): Value
  /** Of a value that a cursor holds: the parameter of the statement. */
  parameter: z.ZodType<Value>
  toSql(parameter: Value | Placeholder): SQL
}

type Value = string | number

/** Keys, the last of which no two rows share. */
export type Order<Row = unknown> = readonly [Key<Row>, ...Key<Row>[]]

/** By the names that `sort` of the list takes. */
export type Orders<Sort extends string, Row> = Readonly<Record<Sort, Order<Row>>>

/** From where a list is read, and in which order: `after` has a parameter for each key. */
export type SortedStart<Sort extends string = string> = {
  sort: Sort
  order: Order
  after: readonly Value[] | null
  offset: number
  limit: number
}

type SortedList<Sort extends string, Row, Item> = {
  orders: Orders<Sort, NoInfer<Row>>
  byDefault: NoInfer<Sort>
  find(start: SortedStart<Sort>): Promise<readonly Row[]>
  /** How many rows the list has, at least as far as a `total` counts. */
  count(): Promise<number>
  toItem(row: NoInfer<Row>): Item
}

/**
 * The page that `input` asks for, in the order that it names. A cursor names its order too, unless that is the default; in
 * another order it is refused as `cursor/invalid`.
 */
export function listSorted<Sort extends string, Row, Item>(
  input: PageInput & { sort?: Sort | undefined },
  { orders, byDefault, find, count, toItem }: SortedList<Sort, Row, Item>,
): Promise<Page<Item>> {
  const sort = input.sort ?? byDefault
  const order = orders[sort]
  const name = sort === byDefault ? [] : [sort]
  return listPage(input, {
    cursor: placeIn(order, name),
    find: ({ after, ...start }) => find({ ...start, sort, order, after }),
    count,
    toCursor: (row) => [...order.map((key) => key.valueOf(row)), ...name],
    toItem,
  })
}

function placeIn([first, ...rest]: Order, name: string[]): z.ZodType<readonly Value[]> {
  const others = [...rest.map(({ parameter }) => parameter), ...name.map((one) => z.literal(one))]
  return z.tuple([first.parameter, ...others])
}

/** For `order by`. */
export const inOrder = (order: Order): SQL[] =>
  order.map(({ column, descending }) => (descending ? desc(column) : asc(column)))

/** The condition of the rows after a place, of parameters or placeholders; undefined for a list that begins. */
export function comesAfter(
  order: Order,
  after: readonly (Value | Placeholder)[] | null,
): SQL | undefined {
  const places = order.flatMap(({ column, descending, toSql }, n) => {
    const parameter = after?.[n]
    return parameter === undefined ? [] : [{ column, descending, value: toSql(parameter) }]
  })
  if (places.length === 0) return undefined
  const [{ descending }] = order
  // As one row where all go the same way: an index is entered at that place.
  if (places.every((place) => place.descending === descending)) {
    const columns = sql.join(
      places.map(({ column }) => sql`${column}`),
      sql`, `,
    )
    const values = sql.join(
      places.map(({ value }) => value),
      sql`, `,
    )
    return descending ? sql`(${columns}) < (${values})` : sql`(${columns}) > (${values})`
  }
  return or(
    ...places.map((place, n) => {
      const equal = places.slice(0, n).map(({ column, value }) => sql`${column} = ${value}`)
      const beyond = place.descending ? sql`<` : sql`>`
      return and(...equal, sql`${place.column} ${beyond} ${place.value}`)
    }),
  )
}

/** What stands for a place in a prepared statement; `placeValues` fills it. */
export const placeholders = (order: Order): Placeholder[] =>
  order.map((_, n) => sql.placeholder(`after${n}`))

export const placeValues = (after: SortedStart['after']): Record<string, Value> =>
  Object.fromEntries((after ?? []).map((value, n) => [`after${n}`, value]))

/** One more than is shown: whether the list goes on. */
const usualLimits = new Set(Object.values(pageSizes).map((size) => size + 1))

/**
 * The limit of a prepared list, and what to add to its name. A usual one stands in the statement: of a parameter PostgreSQL
 * expects a tenth of the table, for which it prefers another plan, and plans the statement again at each call.
 */
export const plannedLimit = (limit: number): { limit: Placeholder; suffix: string } =>
  usualLimits.has(limit)
    ? // Drizzle takes any SQL there, and makes a parameter of a number; its types know placeholders alone.
      { limit: sql.raw(String(limit)) as unknown as Placeholder, suffix: `_${limit}` }
    : { limit: sql.placeholder('limit'), suffix: '' }

export type Clauses<Sort> = {
  sort: Sort
  isBeyond: SQL | undefined
  orderBy: SQL[]
  limit: Placeholder
  name: string
}

/**
 * A list as prepared statements, one for each order, usual limit, and for whether it begins: `build` prepares each under a
 * name of its own that ends with `name`. To be executed with `limit` and `placeValues`.
 */
export function preparedSorted<Sort extends string, Query extends object>(
  build: (db: Queryable, clauses: Clauses<Sort>) => Query,
) {
  const statements = new Map<string, (db: Queryable) => Query>()
  return (db: Queryable, { sort, order, after, ...start }: SortedStart<Sort>): Query => {
    const { limit, suffix } = plannedLimit(start.limit)
    const name = `${sort}${after ? '_after' : ''}${suffix}`
    let statement = statements.get(name)
    if (statement === undefined) {
      const isBeyond = after ? comesAfter(order, placeholders(order)) : undefined
      statement = prepared((to) =>
        build(to, { sort, isBeyond, orderBy: inOrder(order), limit, name }),
      )
      statements.set(name, statement)
    }
    return statement(db)
  }
}

/** From the oldest on, as a `timestamptz(3)` has it. */
export const byTime = <Row>(column: SQLWrapper, valueOf: (row: Row) => Date): Key<Row> =>
  keyOf(sql`timestamptz`, Time, column, (row: Row) => valueOf(row).getTime())

const Time = Moment.transform((at) => new Date(at).toISOString())

/** From the smallest on. */
export const byNumber = <Row>(column: SQLWrapper, valueOf: (row: Row) => number): Key<Row> =>
  keyOf(sql`integer`, z.int32(), column, valueOf)

export const byId = <Row>(column: SQLWrapper, valueOf: (row: Row) => string): Key<Row> =>
  keyOf(sql`uuid`, z.uuid(), column, valueOf)

/** From A to Z as the database sorts, a line of at most `max` characters. */
export const byText = <Row>(
  column: SQLWrapper,
  valueOf: (row: Row) => string,
  max = 100,
): Key<Row> => keyOf(sql`text`, line(max), column, valueOf)

/** The same, where capital letters do not matter: an index is on `lower` of the column. */
export const byName = <Row>(
  column: SQLWrapper,
  valueOf: (row: Row) => string,
  max?: number,
): Key<Row> => ({
  ...byText(sql`lower(${column})`, valueOf, max),
  toSql: (value) => sql`lower(${value}::text)`,
})

const keyOf = <Row>(
  type: SQL,
  parameter: z.ZodType<Value>,
  column: SQLWrapper,
  valueOf: (row: Row) => Value,
): Key<Row> => ({
  column,
  descending: false,
  valueOf,
  parameter,
  toSql: (value) => sql`${value}::${type}`,
})

/** The same the other way round. */
export function reversed<Row>([first, ...rest]: Order<Row>): Order<Row> {
  const turned = (one: Key<Row>): Key<Row> => ({ ...one, descending: !one.descending })
  return [turned(first), ...rest.map(turned)]
}
