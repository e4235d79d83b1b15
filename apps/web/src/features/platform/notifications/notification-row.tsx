import type { NotificationView } from '@galley/contract/platform/notifications'
import { Avatar } from '@galley/ui/avatar'
import { useRouter } from '@tanstack/react-router'
import { Bell } from 'lucide-react'
import type { MouseEvent } from 'react'
import { Moment } from '../layout/time.tsx'
import { useMarkRead } from './use-mark-read.ts'

/** One notification: a link to what it is about, which marks it as read. */
export function NotificationRow({ notification }: { notification: NotificationView }) {
  const { id, actor, text, path, createdAt, readAt } = notification
  const { one } = useMarkRead()
  const router = useRouter()
  const follow = (event: MouseEvent) => {
    if (readAt === null) one.mutate({ id })
    const isPlain = !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!isPlain) return
    event.preventDefault()
    void router.navigate({ href: path })
  }
  return (
    <li className="relative flex items-start gap-4 border-b border-rule py-5">
      {actor ? (
        <Avatar person={actor} />
      ) : (
        <span className="inline-flex size-10 shrink-0 items-center justify-center rounded-full bg-sunken text-soft">
          <Bell aria-hidden="true" className="size-5" />
        </span>
      )}
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className={`wrap-anywhere ${readAt === null ? 'font-medium' : 'text-soft'}`} dir="auto">
          {/* The whole row is its target. */}
          <a
            href={path}
            onClick={follow}
            className="after:absolute after:inset-0 hover:text-accent"
          >
            {readAt === null && <span className="sr-only">Unread: </span>}
            {text}
          </a>
        </p>
        <p className="text-xs text-soft">
          <Moment timestamp={createdAt} />
        </p>
      </div>
      {readAt === null && (
        <span aria-hidden="true" className="mt-2 size-2.5 shrink-0 rounded-full bg-accent" />
      )}
    </li>
  )
}
