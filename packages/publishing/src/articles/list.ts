import type { Page } from '@galley/contract/primitives'
import type { ArticleSummary, ListArticles } from '@galley/contract/publishing/articles'
import { viewerId } from '@galley/platform/ctx'
import { listPage, placeAt, TimeCursor } from '@galley/platform/cursor'
import type { Ctx } from '../ctx.ts'
import { countPublished, listPublished, type SummaryRow } from './published.ts'
import { toArticleSummary } from './view.ts'

/** Published articles, newest first unless told. */
export function listArticles(ctx: Ctx, input: ListArticles): Promise<Page<ArticleSummary>> {
  const { tag, author, sort } = input
  const viewer = viewerId(ctx.actor)
  return listPage(input, {
    ...articlePage,
    find: (start) =>
      listPublished(ctx.db, { viewer, tag, author, oldestFirst: sort === 'oldest', ...start }),
    count: () => countPublished(ctx.db, { tag, author }),
  })
}

/** How lists of published articles tell places and show rows. */
export const articlePage = {
  cursor: TimeCursor,
  toCursor: (row: SummaryRow) => placeAt(row.publishedAt ?? new Date(0), row.id),
  toItem: toArticleSummary,
}
