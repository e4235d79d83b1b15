import { pageSizes } from '@galley/contract/page-sizes'
import { buttonClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { PageHeader } from '../features/platform/layout/page-header.tsx'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { ArticleList } from '../features/publishing/articles/article-list.tsx'
import { ListSkeleton } from '../features/publishing/articles/skeletons.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import type { RouterContext } from '../lib/router-context.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/me/favourites')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  beforeLoad: requireUser,
  loader: ({ context: { queryClient, trpc }, deps: { cursor } }) =>
    loadPage(queryClient.ensureQueryData(myFavourites(trpc, cursor))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Favourites', hidden: true }),
  component: Favourites,
  pendingComponent: ListSkeleton,
})

function Favourites() {
  const { cursor } = Route.useSearch()
  const { data } = useSuspenseQuery(myFavourites(useTRPC(), cursor))
  return (
    <div className="page">
      <PageHeader title="Favourites">
        <p className="text-sm text-soft">Only you can see this list.</p>
      </PageHeader>
      <ArticleList
        list={data}
        cursor={cursor}
        first="Last added"
        next="Added before"
        empty={<NoFavourites />}
      />
    </div>
  )
}

function NoFavourites() {
  return (
    <EmptyState
      title="No favourites yet"
      action={
        <Link to="/" className={buttonClass()}>
          Find something to read
        </Link>
      }
    >
      Choose Favourite below an article, and it appears here.
    </EmptyState>
  )
}

const myFavourites = (trpc: RouterContext['trpc'], cursor: string | undefined) =>
  trpc.favourites.list.queryOptions({ cursor, limit: pageSizes.cards }, { staleTime: 0 })
