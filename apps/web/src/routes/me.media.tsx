import type { ListMedia } from '@galley/contract/platform/media'
import { createFileRoute } from '@tanstack/react-router'
import { LibraryPage } from '../features/platform/media/library-page.tsx'
import { mediaList } from '../features/platform/media/queries.ts'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { oneOf, textParam } from '../lib/search.ts'

const kinds = ['image', 'document'] as const
const states = ['uploading', 'quarantined', 'processing', 'ready', 'refused'] as const
const orders = ['oldest', 'largest', 'smallest', 'name', '-name'] as const

type Search = Pick<Partial<ListMedia>, 'query' | 'kind' | 'state' | 'sort' | 'cursor'> & {
  used?: 'true' | 'false'
}

export const Route = createFileRoute('/me/media')({
  validateSearch: (search): Search => ({
    query: textParam(search, 'query'),
    kind: oneOf(kinds, search['kind']),
    state: oneOf(states, search['state']),
    used: oneOf(['true', 'false'] as const, search['used']),
    sort: oneOf(orders, search['sort']),
    cursor: textParam(search, 'cursor'),
  }),
  loaderDeps: ({ search }) => search,
  beforeLoad: requireUser,
  loader: ({ context: { queryClient, trpc }, deps }) =>
    loadPage(queryClient.ensureQueryData(mediaList(trpc, filterOf(deps)))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Media', hidden: true }),
  staticData: { accountLink: 'Media' },
  component: Media,
})

function Media() {
  return <LibraryPage filter={filterOf(Route.useSearch())} />
}

const filterOf = ({ used, ...search }: Search): Partial<ListMedia> => ({
  ...search,
  used: used === undefined ? undefined : used === 'true',
})
