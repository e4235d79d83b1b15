import { pageSizes } from '@galley/contract/page-sizes'
import type { SearchArticles, SearchOrder } from '@galley/contract/publishing/search'
import { keepPreviousData, skipToken } from '@tanstack/react-query'
import type { RouterContext } from '../../../lib/router-context.ts'
import { oneOf } from '../../../lib/search.ts'
import type { SearchParams } from './search-params.ts'

type Trpc = RouterContext['trpc']

/** In the browser a search is given up when another takes its place; what was found before stays until then. */
const whileTyping = { trpc: { abortOnUnmount: true }, placeholderData: keepPreviousData } as const

export const searchOrders: Record<SearchOrder, string> = {
  relevance: 'Most relevant first',
  newest: 'Newest first',
  favourites: 'Most favourites first',
}

/** What the address asks for; undefined where it has no words. Counts what is found on the first page. */
export function toSearch({ q, ...search }: SearchParams): SearchArticles | undefined {
  if (q === undefined || q.trim() === '') return undefined
  return {
    ...search,
    q,
    status: oneOf(['draft', 'in_review', 'scheduled', 'archived'], search.status),
    sort: oneOf(['newest', 'favourites'], search.sort),
    limit: pageSizes.rows,
    total: search.cursor === undefined ? true : undefined,
  }
}

export const foundArticles = (trpc: Trpc, search: SearchParams) =>
  trpc.search.articles.queryOptions(toSearch(search) ?? skipToken, whileTyping)

export const suggestions = (trpc: Trpc, typed: string) =>
  trpc.search.suggest.queryOptions(
    typed === '' ? skipToken : { q: typed.slice(0, 100) },
    whileTyping,
  )
