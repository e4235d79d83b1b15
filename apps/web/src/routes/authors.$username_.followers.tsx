import { createFileRoute } from '@tanstack/react-router'
import { FollowPage } from '../features/publishing/follows/follow-page.tsx'
import { followPeople } from '../features/publishing/follows/queries.ts'
import { failureHead, pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'

export const Route = createFileRoute('/authors/$username_/followers')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: async ({ context: { queryClient, trpc }, params: { username }, deps: { cursor } }) => {
    const [profile] = await loadPage(
      Promise.all([
        queryClient.ensureQueryData(trpc.users.byUsername.queryOptions({ username })),
        queryClient.ensureQueryData(followPeople(trpc, { list: 'followers', username, cursor })),
      ]),
    )
    return { displayName: profile.displayName }
  },
  head: ({ match, loaderData }) =>
    loaderData
      ? pageHead(match.context.site, {
          title: `Followers · ${loaderData.displayName}`,
          hidden: true,
        })
      : failureHead({ match }),
  component: Followers,
})

function Followers() {
  const { username } = Route.useParams()
  const { cursor } = Route.useSearch()
  return <FollowPage list="followers" username={username} cursor={cursor} />
}
