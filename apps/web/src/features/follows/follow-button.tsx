import type { FollowPerson, FollowView } from '@galley/contract/follows'
import type { Page } from '@galley/contract/primitives'
import { Button, buttonClass } from '@galley/ui/button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { notifyFailure } from '../../lib/notify.ts'
import { useTRPC } from '../../lib/trpc.ts'
import { useCurrentUser } from '../sessions/current-user.ts'

type FollowButtonProps = {
  person: Pick<FollowPerson, 'username' | 'displayName' | 'following'> & {
    can: { follow: boolean }
  }
  size?: 'normal' | 'small'
}

export function FollowButton({ person, size = 'normal' }: FollowButtonProps) {
  const user = useCurrentUser()
  const { follow, unfollow, busy } = useFollow(person.username)
  const name = <span className="sr-only"> {person.displayName}</span>
  if (!user) {
    return (
      <Link
        to="/sign-in"
        search={{ next: `/authors/${person.username}` }}
        className={buttonClass('line', size)}
      >
        Follow{name}
      </Link>
    )
  }
  if (!person.can.follow) return null
  return (
    <Button
      variant={person.following ? 'line' : 'solid'}
      size={size}
      aria-pressed={person.following}
      busy={busy}
      className="noscript:hidden"
      onClick={person.following ? unfollow : follow}
    >
      {person.following ? 'Following' : 'Follow'}
      {name}
    </Button>
  )
}

function useFollow(username: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const options = {
    onSuccess: ({ following, followerCount }: FollowView) => {
      queryClient.setQueryData(
        trpc.users.byUsername.queryKey({ username }),
        (profile) => profile && { ...profile, following, followerCount },
      )
      const patch = (page: Page<FollowPerson> | undefined) =>
        page && {
          ...page,
          items: page.items.map((item) =>
            item.username === username ? { ...item, following } : item,
          ),
        }
      queryClient.setQueriesData(trpc.follows.followers.queryFilter(), patch)
      queryClient.setQueriesData(trpc.follows.following.queryFilter(), patch)
      void queryClient.invalidateQueries(trpc.follows.pathFilter())
      void queryClient.invalidateQueries(trpc.feed.list.queryFilter())
    },
    onError: notifyFailure('Nothing was changed.'),
  }
  const create = useMutation(trpc.follows.create.mutationOptions(options))
  const remove = useMutation(trpc.follows.delete.mutationOptions(options))
  return {
    follow: () => create.mutate({ username }),
    unfollow: () => remove.mutate({ username }),
    busy: create.isPending || remove.isPending,
  }
}
