import type { ListDrafts } from '@galley/contract/publishing/articles'
import { EmptyState } from '@galley/ui/empty-state'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { FilterProblem } from '../features/platform/layout/filter-problem.tsx'
import { Pager } from '../features/platform/layout/pager.tsx'
import { DraftFilter } from '../features/publishing/articles/draft-filter.tsx'
import { MyArticleRow } from '../features/publishing/articles/my-article-row.tsx'
import { draftsOfOthers } from '../features/publishing/articles/queries.ts'
import { pageHead } from '../lib/head.ts'
import { leastRecentFirst, textParams } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/admin/drafts')({
  validateSearch: (search): Partial<Omit<ListDrafts, 'limit'>> => ({
    ...textParams(search, ['author', 'cursor']),
    sort: leastRecentFirst(search),
  }),
  loaderDeps: ({ search }) => search,
  // Never fails: a filter that the server refuses is said in the page.
  loader: ({ context: { queryClient, trpc }, deps }) =>
    queryClient.prefetchQuery(draftsOfOthers(trpc, deps)),
  head: ({ match }) => pageHead(match.context.site, { title: 'Drafts', hidden: true }),
  component: Drafts,
})

/** What others are writing, for those who edit it. */
function Drafts() {
  const filter = Route.useSearch()
  const { data, error } = useQuery(draftsOfOthers(useTRPC(), filter))
  return (
    <>
      <p className="pt-8 text-sm text-soft">
        Drafts of other people. Only their authors and editors can see them.
      </p>
      <DraftFilter key={JSON.stringify(filter)} filter={filter} />
      <FilterProblem error={error} />
      {data?.items.length === 0 && <EmptyState title="No drafts of other people" />}
      {data && data.items.length > 0 && (
        <ul aria-label="Drafts">
          {data.items.map((article) => (
            <MyArticleRow key={article.id} article={article} isOthers />
          ))}
        </ul>
      )}
      {data && (
        <Pager
          cursor={filter.cursor}
          nextCursor={data.page.nextCursor}
          first="First page"
          next="Next page"
          filter={{ author: filter.author, sort: filter.sort }}
        />
      )}
    </>
  )
}
