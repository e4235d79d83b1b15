import { createFileRoute } from '@tanstack/react-router'
import { SearchPage } from '../features/publishing/search/search-page.tsx'
import { searchParams } from '../features/publishing/search/search-params.ts'
import { pageHead } from '../lib/head.ts'
import { sayRefusal } from '../lib/page-error.ts'

export const Route = createFileRoute('/search')({
  staticData: { isPublicPage: true, isPublicOnFirstPage: true },
  validateSearch: searchParams,
  loaderDeps: ({ search }) => search,
  // In the browser the page asks by itself while somebody types. Never fails: a refusal is said in the page, and by its status.
  loader: async ({ context: { queryClient, trpc }, deps }) => {
    if (!import.meta.env.SSR) return
    const { foundArticles } = await import('../features/publishing/search/queries.ts')
    const search = foundArticles(trpc, deps)
    await queryClient.prefetchQuery(search)
    sayRefusal(queryClient, search)
  },
  head: ({ match: { context, search } }) =>
    pageHead(context.site, { title: search.q ? `${search.q} · Search` : 'Search', hidden: true }),
  component: Search,
})

function Search() {
  return <SearchPage search={Route.useSearch()} />
}
