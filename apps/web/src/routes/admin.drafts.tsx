import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Pager } from '../features/platform/layout/pager.tsx'
import { MyArticleRow } from '../features/publishing/articles/my-article-row.tsx'
import { draftsOfOthers } from '../features/publishing/articles/queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/admin/drafts')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ context: { queryClient, trpc }, deps: { cursor } }) =>
    loadPage(queryClient.ensureQueryData(draftsOfOthers(trpc, cursor))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Drafts', hidden: true }),
  component: Drafts,
})

/** What others are writing, for those who edit it. */
function Drafts() {
  const { cursor } = Route.useSearch()
  const { data } = useSuspenseQuery(draftsOfOthers(useTRPC(), cursor))
  return (
    <>
      <p className="pt-8 text-sm text-soft">
        Drafts of other people, last changed first. Only their authors and editors can see them.
      </p>
      {data.items.length === 0 ? (
        <EmptyState title="No drafts of other people" />
      ) : (
        <ul aria-label="Drafts">
          {data.items.map((article) => (
            <MyArticleRow key={article.id} article={article} author={article.author} />
          ))}
        </ul>
      )}
      <Pager cursor={cursor} nextCursor={data.page.nextCursor} first="Newest" next="Older" />
    </>
  )
}
