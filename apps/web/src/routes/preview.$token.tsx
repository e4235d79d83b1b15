import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, redirect } from '@tanstack/react-router'
import { previewOf } from '../features/publishing/preview-links/queries.ts'
import { PreviewPage } from '../features/publishing/preview-links/preview-page.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { useTRPC } from '../lib/trpc.ts'

/** Where a preview link leads. Its address is a secret: nothing keeps the page, and no other site is told of it. */
export const Route = createFileRoute('/preview/$token')({
  preload: false,
  loader: async ({ context: { queryClient, trpc }, params: { token } }) => {
    const article = await loadPage(queryClient.fetchQuery(previewOf(trpc, token)))
    if (article.slug !== null) {
      throw redirect({ to: '/articles/$slug', params: { slug: article.slug } })
    }
    return { title: article.title }
  },
  headers: () => ({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  }),
  head: ({ match, loaderData }) =>
    pageHead(match.context.site, {
      title: loaderData ? `Preview of ${loaderData.title || 'Untitled'}` : 'Not found',
      hidden: true,
      secret: true,
    }),
  component: Preview,
})

function Preview() {
  const { token } = Route.useParams()
  const { data: article } = useSuspenseQuery(previewOf(useTRPC(), token))
  return <PreviewPage article={article} />
}
