import { EmptyState } from '@galley/ui/empty-state'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { FilterProblem } from '../features/platform/layout/filter-problem.tsx'
import { Pager } from '../features/platform/layout/pager.tsx'
import { DraftFilter, othersStatuses } from '../features/publishing/articles/draft-filter.tsx'
import { MyArticleRow } from '../features/publishing/articles/my-article-row.tsx'
import {
  articlesOfOthers,
  type OthersFilter,
  trashOf,
} from '../features/publishing/articles/queries.ts'
import { TrashRow } from '../features/publishing/articles/trash-row.tsx'
import { pageHead } from '../lib/head.ts'
import { leastRecentFirst, oneOf, textParams } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

const statuses = ['in_review', 'scheduled', 'archived', 'trash'] as const

export const Route = createFileRoute('/admin/drafts')({
  validateSearch: (search): OthersFilter => ({
    ...textParams(search, ['author', 'cursor']),
    status: oneOf(statuses, search['status']),
    sort: leastRecentFirst(search),
  }),
  loaderDeps: ({ search }) => search,
  // Never fails: a filter that the server refuses is said in the page.
  loader: ({ context: { queryClient, trpc }, deps }) =>
    deps.status === 'trash'
      ? queryClient.prefetchQuery(trashOf(trpc, 'everybody', deps.cursor))
      : queryClient.prefetchQuery(articlesOfOthers(trpc, deps)),
  head: ({ match }) => pageHead(match.context.site, { title: 'Articles', hidden: true }),
  component: ArticlesOfOthers,
})

/** What others write and have not published, for those who edit it. */
function ArticlesOfOthers() {
  const filter = Route.useSearch()
  return (
    <>
      <p className="pt-8 text-sm text-soft">
        What other people write. Only its authors and editors can see what is not published.
      </p>
      <DraftFilter filter={filter} />
      {filter.status === 'trash' ? (
        <Trash cursor={filter.cursor} />
      ) : (
        <Unpublished filter={filter} />
      )}
    </>
  )
}

function Unpublished({ filter }: { filter: OthersFilter }) {
  const { data, error } = useQuery(articlesOfOthers(useTRPC(), filter))
  const { cursor, author, sort, status } = filter
  return (
    <>
      <FilterProblem error={error} />
      {data && (
        <List
          status={status}
          rows={data.items.map((article) => (
            <MyArticleRow key={article.id} article={article} isOthers />
          ))}
        />
      )}
      {data && (
        <Pager
          cursor={cursor}
          nextCursor={data.page.nextCursor}
          first="First page"
          next="Next page"
          filter={{ author, status, sort }}
        />
      )}
    </>
  )
}

function Trash({ cursor }: Pick<OthersFilter, 'cursor'>) {
  const { data, error } = useQuery(trashOf(useTRPC(), 'everybody', cursor))
  return (
    <>
      <FilterProblem error={error} />
      {data && (
        <List
          status="trash"
          rows={data.items.map((article) => (
            <TrashRow key={article.id} article={article} ofOthers />
          ))}
        />
      )}
      {data && (
        <Pager
          cursor={cursor}
          nextCursor={data.page.nextCursor}
          first="First page"
          next="Next page"
          filter={{ status: 'trash' }}
        />
      )}
    </>
  )
}

type ListProps = { status: OthersFilter['status']; rows: ReactNode[] }

function List({ status = 'draft', rows }: ListProps) {
  if (rows.length === 0) return <EmptyState title={nothing[status]} />
  return <ul aria-label={othersStatuses[status]}>{rows}</ul>
}

const nothing = {
  draft: 'No drafts of other people',
  in_review: 'Nothing of other people is in review',
  scheduled: 'Nothing of other people is scheduled',
  archived: 'Nothing of other people is archived',
  trash: 'The trash is empty',
}
