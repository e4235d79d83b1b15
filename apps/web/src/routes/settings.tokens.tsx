import { createFileRoute } from '@tanstack/react-router'
import { myPrograms, myTokens } from '../features/platform/tokens/queries.ts'
import { TokensPage } from '../features/platform/tokens/tokens-page.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'

export const Route = createFileRoute('/settings/tokens')({
  loader: ({ context: { queryClient, trpc } }) =>
    loadPage(
      Promise.all([
        queryClient.ensureQueryData(myTokens(trpc)),
        queryClient.ensureQueryData(myPrograms(trpc)),
      ]),
    ),
  head: ({ match }) => pageHead(match.context.site, { title: 'Tokens', hidden: true }),
  component: TokensPage,
})
