import type { ListHeldMedia } from '@galley/contract/platform/media'
import { createFileRoute } from '@tanstack/react-router'
import { HeldMediaPage } from '../features/platform/media/held-media-page.tsx'
import { heldMedia } from '../features/platform/media/queries.ts'
import { pageHead } from '../lib/head.ts'
import { sayRefusal } from '../lib/page-error.ts'
import { leastRecentFirst, oneOf, textParams } from '../lib/search.ts'

const states = ['uploading', 'quarantined', 'processing', 'refused'] as const

export const Route = createFileRoute('/admin/media')({
  validateSearch: (search): Partial<Omit<ListHeldMedia, 'limit'>> => ({
    state: oneOf(states, search['state']),
    ...textParams(search, ['owner', 'cursor']),
    sort: leastRecentFirst(search),
  }),
  loaderDeps: ({ search }) => search,
  // Never fails: a filter that the server refuses is said in the page.
  loader: async ({ context: { queryClient, trpc }, deps }) => {
    const held = heldMedia(trpc, deps)
    await queryClient.prefetchQuery(held)
    sayRefusal(queryClient, held)
  },
  head: ({ match }) => pageHead(match.context.site, { title: 'Media', hidden: true }),
  component: Held,
})

function Held() {
  return <HeldMediaPage filter={Route.useSearch()} />
}
