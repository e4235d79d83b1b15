import type { Db } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articles, users } from '@galley/db/schema'
import { inOrder, placeValues, plannedLimit, type SortedStart } from '@galley/platform/order'
import { eq, sql } from 'drizzle-orm'
import { type ListShape, orderOf, placeCondition, type Sort } from './published-places.ts'
import { summaryColumns, type Viewer } from './queries.ts'

type ListValues = Viewer &
  SortedStart<Sort> & {
    tag?: string | undefined
    author?: string | undefined
    /** Only articles of the people and tags that the viewer follows, in the order of time. */
    followed?: boolean
  }

const listStatements = new Map<string, ReturnType<typeof preparedList>>()

export type SummaryRow = Awaited<ReturnType<typeof listPublished>>[number]

/** Published articles in an order of `articleOrders`: up to `limit` of them. */
export function listPublished(db: Db, values: ListValues) {
  const { after, tag, author, viewer, limit, offset, sort, followed = false } = values
  const planned = plannedLimit(limit)
  const shape = {
    viewer: viewer !== null,
    tag: tag !== undefined,
    author: author !== undefined,
    followed,
    after: after !== null,
    offset: offset > 0,
    sort,
    limit: planned.limit,
  }
  const name = nameOf(shape) + planned.suffix
  const statement = listStatements.get(name) ?? preparedList(shape, name)
  listStatements.set(name, statement)
  return statement(db).execute({
    viewer,
    limit,
    offset,
    reach: offset + limit,
    tag,
    author,
    ...placeValues(after),
  })
}

const nameOf = ({ sort, ...conditions }: ListShape) =>
  Object.entries(conditions).reduce(
    (name, [condition, used]) => (used === true ? `${name}_${condition}` : name),
    `articles_${sort}`,
  )

function preparedList(shape: ListShape, name: string) {
  return prepared((db) =>
    db
      .select(summaryColumns(shape.viewer ? sql`${sql.placeholder('viewer')}::uuid` : null))
      .from(articles)
      .innerJoin(users, eq(users.id, articles.authorId))
      .where(placeCondition(db, shape))
      .orderBy(...inOrder(orderOf(shape, articles)))
      .limit(shape.limit)
      .prepare(name),
  )
}
