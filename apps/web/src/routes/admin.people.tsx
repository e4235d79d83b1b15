import type { ListUsers } from '@galley/contract/platform/users'
import { createFileRoute } from '@tanstack/react-router'
import { PeoplePage } from '../features/platform/users/people/people-page.tsx'
import { people } from '../features/platform/users/people/queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { oneOf, textParams } from '../lib/search.ts'

const roles = ['reader', 'author', 'editor', 'admin'] as const
const statuses = ['active', 'suspended'] as const
const sorts = ['oldest', 'name', '-name', 'username', '-username'] as const

export const Route = createFileRoute('/admin/people')({
  validateSearch: (search): Partial<Omit<ListUsers, 'limit'>> => ({
    ...textParams(search, ['query', 'cursor']),
    role: oneOf(roles, search['role']),
    status: oneOf(statuses, search['status']),
    sort: oneOf(sorts, search['sort']),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient, trpc }, deps }) =>
    loadPage(queryClient.ensureQueryData(people(trpc, deps))),
  head: ({ match }) => pageHead(match.context.site, { title: 'People', hidden: true }),
  component: People,
})

function People() {
  return <PeoplePage filter={Route.useSearch()} />
}
