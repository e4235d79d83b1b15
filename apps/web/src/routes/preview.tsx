import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { loadPreview, previewOf } from '../features/publishing/preview-links/load-preview.ts'
import { PreviewPage } from '../features/publishing/preview-links/preview-page.tsx'
import { pageHead } from '../lib/head.ts'
import { textParam } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

/** Where a preview link leads. */
export const Route = createFileRoute('/preview')({
  validateSearch: (search): { token?: string } => ({ token: textParam(search, 'token') }),
  loaderDeps: ({ search: { token } }) => ({ token }),
  preload: false,
  loader: ({ context, deps: { token } }) => loadPreview(context, token),
  head: ({ match }) =>
    pageHead(match.context.site, { title: 'Preview', hidden: true, secret: true }),
  component: Preview,
})

function Preview() {
  const token = Route.useLoaderData()
  const { data: article } = useSuspenseQuery(previewOf({ trpc: useTRPC() }, token))
  return <PreviewPage article={article} />
}
