import { pageSizes } from '@galley/contract/page-sizes'
import type { NotificationKind } from '@galley/contract/notification-kinds'
import type { RouterContext } from '../../../lib/router-context.ts'

type Trpc = RouterContext['trpc']

/** How many the signed-in person has not read: told live, and counted again when the window is looked at. */
export const unreadCount = (trpc: Trpc) =>
  trpc.notifications.unread.queryOptions(undefined, {
    staleTime: 0,
    refetchOnWindowFocus: 'always',
    retry: false,
  })

export type Shown = {
  show?: 'unread' | undefined
  /** The name of a kind, as the address gives it. */
  kind?: string | undefined
  cursor?: string | undefined
}

export const myNotifications = (trpc: Trpc, { show, kind, cursor }: Shown) =>
  trpc.notifications.list.queryOptions(
    {
      cursor,
      kind: kind as NotificationKind | undefined, // the server refuses others
      limit: pageSizes.rows,
      ...(show === 'unread' && { unread: true }),
    },
    { staleTime: 0 },
  )

export const myPreferences = (trpc: Trpc) =>
  trpc.notifications.preferences.queryOptions(undefined, { staleTime: 0 })
