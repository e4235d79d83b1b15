import { createFileRoute } from '@tanstack/react-router'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { articleSource } from '../features/publishing/articles/queries.ts'
import { HistoryPage, type HistorySearch } from '../features/publishing/revisions/history-page.tsx'
import { articleRevisions, revisionComparison } from '../features/publishing/revisions/queries.ts'
import { failureHead, pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { oneOf, textParams } from '../lib/search.ts'

export const Route = createFileRoute('/editor/$id_/history')({
  validateSearch: (search): HistorySearch => ({
    ...textParams(search, ['revision', 'against', 'cursor']),
    view: oneOf(['source'], search['view']),
  }),
  loaderDeps: ({ search: { revision, against, cursor } }) => ({ revision, against, cursor }),
  beforeLoad: requireUser,
  loader: async ({ context: { queryClient, trpc }, params: { id }, deps }) => {
    const { revision, against, cursor } = deps
    const [article] = await loadPage(
      Promise.all([
        queryClient.ensureQueryData(articleSource(trpc, id)),
        queryClient.ensureQueryData(articleRevisions(trpc, id, cursor)),
        queryClient.ensureQueryData(articleRevisions(trpc, id, undefined)),
        // Never fails: what cannot be compared is said in the page.
        revision && queryClient.prefetchQuery(revisionComparison(trpc, revision, against)),
      ]),
    )
    return { title: article.title || 'Untitled' }
  },
  head: ({ match, loaderData }) =>
    loaderData
      ? pageHead(match.context.site, { title: `History of ${loaderData.title}`, hidden: true })
      : failureHead({ match }),
  component: History,
})

function History() {
  const { id } = Route.useParams()
  return <HistoryPage id={id} search={Route.useSearch()} />
}
