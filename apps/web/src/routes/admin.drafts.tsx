import { createFileRoute } from '@tanstack/react-router'
import { DraftsPage } from '../features/publishing/articles/drafts-page.tsx'
import { draftsOfOthers } from '../features/publishing/articles/queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'

export const Route = createFileRoute('/admin/drafts')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ context: { queryClient, trpc }, deps: { cursor } }) =>
    loadPage(queryClient.ensureQueryData(draftsOfOthers(trpc, cursor))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Drafts', hidden: true }),
  component: Drafts,
})

function Drafts() {
  const { cursor } = Route.useSearch()
  return <DraftsPage cursor={cursor} />
}
