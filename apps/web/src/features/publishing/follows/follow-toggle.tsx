import type { FollowPerson, FollowView } from '@galley/contract/publishing/engagement'
import type { Page } from '@galley/contract/primitives'
import { Button } from '@galley/ui/button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import type { FollowButtonProps } from './follow-button.tsx'

/** Follows the person, or no longer. */
export function FollowToggle({ person, size = 'normal' }: FollowButtonProps) {
  const { follow, unfollow, busy } = useFollow(person.username)
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
      <span className="sr-only"> {person.displayName}</span>
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
      // A list on the screen keeps the person, so that a slip can be taken back where it happened.
      void queryClient.invalidateQueries({ ...trpc.follows.pathFilter(), refetchType: 'none' })
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
