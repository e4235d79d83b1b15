import type { Profile } from '@galley/contract/users'
import { Button, buttonClass } from '@galley/ui/button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { notifyFailure } from '../../lib/notify.ts'
import { useTRPC } from '../../lib/trpc.ts'
import { useCurrentUser } from '../sessions/current-user.ts'

export function FollowButton({ profile }: { profile: Profile }) {
  const user = useCurrentUser()
  const { follow, unfollow, busy } = useFollow(profile.username)
  if (!user) {
    return (
      <Link
        to="/sign-in"
        search={{ next: `/authors/${profile.username}` }}
        className={buttonClass('line')}
      >
        Follow
      </Link>
    )
  }
  if (!profile.can.follow) return null
  return (
    <Button
      variant={profile.following ? 'line' : 'solid'}
      aria-pressed={profile.following}
      busy={busy}
      className="noscript:hidden"
      onClick={profile.following ? unfollow : follow}
    >
      {profile.following ? 'Following' : 'Follow'}
    </Button>
  )
}

function useFollow(username: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const options = {
    onSuccess: ({ following, followerCount }: { following: boolean; followerCount: number }) => {
      queryClient.setQueryData(
        trpc.users.byUsername.queryKey({ username }),
        (profile) => profile && { ...profile, following, followerCount },
      )
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
