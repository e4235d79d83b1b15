import { createFileRoute, notFound } from '@tanstack/react-router'
import {
  FollowPage,
  followLists,
  followPeople,
} from '../features/publishing/follows/follow-page.tsx'
import { failureHead, pageHead } from '../lib/head.ts'
import { moved } from '../features/publishing/moved.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch, oneOf } from '../lib/search.ts'

/** `/authors/mira/followers` and `/authors/mira/following`. */
export const Route = createFileRoute('/authors/$username_/$list')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: async ({ context: { queryClient, trpc }, params, deps: { cursor } }) => {
    const { username } = params
    const list = oneOf(['followers', 'following'], params.list)
    if (!list) throw notFound()
    const profile = await loadPage(
      queryClient.ensureQueryData(trpc.users.byUsername.queryOptions({ username })),
    )
    if (profile.username !== username) {
      const names = { username: profile.username, list }
      throw moved({ to: '/authors/$username/$list', params: names, search: { cursor } })
    }
    await loadPage(queryClient.ensureQueryData(followPeople(trpc, { list, username, cursor })))
    return { list, title: `${followLists[list]} · ${profile.displayName}` }
  },
  head: ({ match, loaderData }) =>
    loaderData
      ? pageHead(match.context.site, {
          title: loaderData.title,
          hidden: true,
        })
      : failureHead({ match }),
  component: Follows,
})

function Follows() {
  const { list } = Route.useLoaderData()
  const { username } = Route.useParams()
  const { cursor } = Route.useSearch()
  return <FollowPage list={list} username={username} cursor={cursor} />
}
