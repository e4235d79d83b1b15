import type { ListHeldMedia } from '@galley/contract/platform/media'
import { createFileRoute } from '@tanstack/react-router'
import { HeldMediaPage } from '../features/platform/media/held-media-page.tsx'
import { heldMedia } from '../features/platform/media/queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { oneOf, textParam } from '../lib/search.ts'

const states = ['uploading', 'quarantined', 'processing', 'refused'] as const

export const Route = createFileRoute('/admin/media')({
  validateSearch: (search): Partial<Omit<ListHeldMedia, 'limit'>> => ({
    state: oneOf(states, search['state']),
    cursor: textParam(search, 'cursor'),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient, trpc }, deps }) =>
    loadPage(queryClient.ensureQueryData(heldMedia(trpc, deps))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Media', hidden: true }),
  component: Held,
})

function Held() {
  return <HeldMediaPage filter={Route.useSearch()} />
}
