import { createFileRoute } from '@tanstack/react-router'
import { SearchPage } from '../features/publishing/search/search-page.tsx'
import { searchParams } from '../features/publishing/search/search-params.ts'
import { pageHead } from '../lib/head.ts'

export const Route = createFileRoute('/search')({
  validateSearch: searchParams,
  loaderDeps: ({ search }) => search,
  // In the browser the page asks by itself while somebody types. Never fails: a refusal is said in the page.
  loader: async ({ context: { queryClient, trpc }, deps }) => {
    if (!import.meta.env.SSR) return
    const { foundArticles } = await import('../features/publishing/search/queries.ts')
    await queryClient.prefetchQuery(foundArticles(trpc, deps))
  },
  head: ({ match: { context, search } }) =>
    pageHead(context.site, { title: search.q ? `${search.q} · Search` : 'Search', hidden: true }),
  component: Search,
})

function Search() {
  return <SearchPage search={Route.useSearch()} />
}
