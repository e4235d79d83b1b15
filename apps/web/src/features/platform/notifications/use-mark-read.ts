import type { UnreadCount } from '@galley/contract/platform/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { unreadCount } from './queries.ts'

/** Marks one notification, or all up to one, as read: the count follows at once, the lists when they are next seen. */
export function useMarkRead() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const options = {
    onSuccess: (count: UnreadCount) => {
      queryClient.setQueryData(unreadCount(trpc).queryKey, count)
      void queryClient.invalidateQueries(trpc.notifications.list.queryFilter())
    },
  }
  const one = useMutation(trpc.notifications.markRead.mutationOptions(options))
  const all = useMutation(
    trpc.notifications.markAllRead.mutationOptions({
      ...options,
      onError: notifyFailure('They are still unread.'),
    }),
  )
  return { one, all }
}
