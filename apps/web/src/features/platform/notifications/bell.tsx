import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bell as BellIcon } from 'lucide-react'
import { useState } from 'react'
import { useLive } from '../../../lib/live.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { unreadCount } from './queries.ts'
import { ReadHere } from './read-here.tsx'

/** The API counts one more. Not from the contract, whose schemas would come with every page. */
const MOST = 99

const mine = [{ me: true }] as const

/** The way to the notifications, with the number of those that are not read. */
export function Bell() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { data } = useQuery(unreadCount(trpc))
  useLive(mine, ({ event }) => {
    const isOfThese = event === 'notification.created' || event === 'notification.read'
    if (isOfThese) void queryClient.invalidateQueries(trpc.notifications.pathFilter())
  })
  const unread = data?.unread ?? 0
  const shown = unread > MOST ? `${MOST}+` : String(unread)
  return (
    <>
      <Link
        to="/notifications"
        aria-label={unread > 0 ? `Notifications, ${shown} unread` : 'Notifications'}
        className="relative inline-flex size-10 shrink-0 items-center justify-center rounded-full text-soft hover:bg-sunken hover:text-ink aria-[current=page]:text-ink print:hidden"
      >
        <BellIcon aria-hidden="true" className="size-5" />
        {unread > 0 && (
          <span
            aria-hidden="true"
            className="absolute -top-0.5 -right-0.5 min-w-5 rounded-full bg-accent px-1 text-center text-2xs leading-5 font-semibold text-on-accent"
          >
            {shown}
          </span>
        )}
      </Link>
      <ReadHere unread={unread} />
      <Arrivals unread={data?.unread} />
    </>
  )
}

/** Says when there are more than before; not how many there were when the page was opened. */
function Arrivals({ unread }: { unread: number | undefined }) {
  const [last, setLast] = useState(unread)
  const [words, setWords] = useState('')
  if (unread !== last) {
    setLast(unread)
    if (last !== undefined && unread !== undefined) {
      const more = unread - last
      setWords(more > 0 ? `${more} new ${more === 1 ? 'notification' : 'notifications'}` : '')
    }
  }
  return (
    <span role="status" className="sr-only">
      {words}
    </span>
  )
}
