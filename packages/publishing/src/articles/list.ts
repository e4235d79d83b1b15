import type { Page } from '@galley/contract/primitives'
import type { ArticleSummary, ListArticles } from '@galley/contract/publishing/articles'
import { viewerId } from '@galley/platform/ctx'
import { decodeCursor, pageOf, TimeCursor, withTotal } from '@galley/platform/cursor'
import type { Ctx } from '../ctx.ts'
import { countPublished, listPublished, type SummaryRow } from './queries.ts'
import { toArticleSummary } from './view.ts'

/** Published articles, newest first unless told. */
export async function listArticles(ctx: Ctx, input: ListArticles): Promise<Page<ArticleSummary>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const { tag, author, sort, offset, limit } = input
  const rows = await listPublished(ctx.db, {
    viewer: viewerId(ctx.actor),
    tag,
    author,
    oldestFirst: sort === 'oldest',
    after,
    offset,
    limit: limit + 1,
  })
  const list = toArticlePage(rows, limit)
  return input.total ? withTotal(list, await countPublished(ctx.db, { tag, author })) : list
}

/** A page of articles, of `limit + 1` rows; in order of `placeOf`, or of publication. */
export const toArticlePage = <Row extends SummaryRow>(
  rows: Row[],
  limit: number,
  placeOf: (row: Row) => Date | null = (row) => row.publishedAt,
): Page<ArticleSummary> =>
  pageOf(rows, limit, (row) => [placeOf(row)?.getTime(), row.id], toArticleSummary)
