import type { TagFollowView } from '@galley/contract/publishing/engagement'
import { Button } from '@galley/ui/button'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'

/** Follows the tag, or no longer: its new articles are among the notifications. */
export function TagFollowToggle({ slug }: { slug: string }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { data, isPending } = useQuery(trpc.tagFollows.get.queryOptions({ slug }))
  const options = {
    onSuccess: (view: TagFollowView) => {
      queryClient.setQueryData(trpc.tagFollows.get.queryKey({ slug }), view)
      void queryClient.invalidateQueries(trpc.tagFollows.list.queryFilter())
    },
    onError: notifyFailure('Nothing was changed.'),
  }
  const create = useMutation(trpc.tagFollows.create.mutationOptions(options))
  const remove = useMutation(trpc.tagFollows.delete.mutationOptions(options))
  const following = data?.following ?? false
  return (
    <Button
      variant={following ? 'line' : 'solid'}
      aria-pressed={following}
      busy={isPending || create.isPending || remove.isPending}
      className="noscript:hidden"
      onClick={() => (following ? remove : create).mutate({ slug })}
    >
      {following ? 'Following' : 'Follow'}
      <span className="sr-only"> this tag</span>
    </Button>
  )
}
