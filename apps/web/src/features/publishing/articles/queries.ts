import { pageSizes } from '@galley/contract/page-sizes'
import type { ArticleStatus, ListDrafts, ListTrash } from '@galley/contract/publishing/articles'
import type { RouterContext } from '../../../lib/router-context.ts'

type Trpc = RouterContext['trpc']
type Filter = { tag?: string; author?: string; cursor?: string | undefined }

export const newestArticles = (trpc: Trpc, cursor: string | undefined) =>
  trpc.articles.list.queryOptions({
    cursor,
    limit: cursor ? pageSizes.cards : pageSizes.cardsAndLead,
  })

export const articlesOf = (trpc: Trpc, filter: Filter) =>
  trpc.articles.list.queryOptions({ ...filter, limit: pageSizes.cards })

export const articleFeed = (trpc: Trpc, cursor: string | undefined) =>
  trpc.feed.list.queryOptions({ cursor, limit: pageSizes.cards })

export const articleBySlug = (trpc: Trpc, slug: string) =>
  trpc.articles.bySlug.queryOptions({ slug })

/** Changes when something is published; a reader who stays on the page need not see it. */
export const articlesAround = (trpc: Trpc, id: string) =>
  trpc.articles.around.queryOptions({ id }, { staleTime: 5 * 60_000 })

export const myArticles = (trpc: Trpc, status: ArticleStatus, cursor: string | undefined) =>
  trpc.articles.mine.queryOptions({ status, cursor, limit: pageSizes.rows }, { staleTime: 0 })

/** What is listed of others: the trash is a list of its own. */
export type OthersFilter = Partial<Pick<ListDrafts, 'author' | 'cursor' | 'sort'>> & {
  status?: ListDrafts['status'] | 'trash'
}

export const articlesOfOthers = (trpc: Trpc, { status, ...filter }: OthersFilter) =>
  trpc.articles.drafts.queryOptions(
    { ...filter, status: status === 'trash' ? undefined : status, limit: pageSizes.rows },
    { staleTime: 0 },
  )

export const trashOf = (trpc: Trpc, of: ListTrash['of'], cursor: string | undefined) =>
  trpc.articles.trash.queryOptions({ of, cursor, limit: pageSizes.rows }, { staleTime: 0 })

export const articleSource = (trpc: Trpc, id: string) =>
  trpc.articles.source.queryOptions({ id }, { staleTime: 0 })
