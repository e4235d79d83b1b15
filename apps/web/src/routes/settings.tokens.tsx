import { createFileRoute } from '@tanstack/react-router'
import { myTokens } from '../features/tokens/queries.ts'
import { TokensPage } from '../features/tokens/tokens-page.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'

export const Route = createFileRoute('/settings/tokens')({
  loader: ({ context: { queryClient, trpc } }) =>
    loadPage(queryClient.ensureQueryData(myTokens(trpc))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Tokens', hidden: true }),
  component: TokensPage,
})
