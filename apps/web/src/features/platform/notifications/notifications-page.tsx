import { Button, textLinkClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { tabLinkClass, tabRowClass } from '@galley/ui/tab-links'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTRPC } from '../../../lib/trpc.ts'
import { PageHeader } from '../layout/page-header.tsx'
import { Pager } from '../layout/pager.tsx'
import { NotificationRow } from './notification-row.tsx'
import { myNotifications, type Shown } from './queries.ts'
import { useMarkRead } from './use-mark-read.ts'

/** What the person was told of, last first. */
export function NotificationsPage({ shown }: { shown: Shown }) {
  const { data } = useSuspenseQuery(myNotifications(useTRPC(), shown))
  const { show, cursor } = shown
  const [newest] = data.items
  return (
    <div className="page max-w-[60rem]">
      <PageHeader
        title="Notifications"
        aside={newest && cursor === undefined && <MarkAll upTo={newest.id} />}
      >
        <p className="text-sm text-soft">
          <Link to="/settings/notifications" className={textLinkClass}>
            Choose your notifications
          </Link>
        </p>
      </PageHeader>
      <nav aria-label="Lists of notifications" className={tabRowClass}>
        <Link
          to="/notifications"
          activeOptions={{ exact: true, includeSearch: true }}
          className={tabLinkClass}
        >
          All
        </Link>
        <Link
          to="/notifications"
          search={{ show: 'unread' }}
          activeOptions={{ includeSearch: true }}
          className={tabLinkClass}
        >
          Unread
        </Link>
      </nav>
      {data.items.length > 0 ? (
        <ul aria-label="Notifications">
          {data.items.map((notification) => (
            <NotificationRow key={notification.id} notification={notification} />
          ))}
        </ul>
      ) : (
        <EmptyState title={show === 'unread' ? 'Nothing is unread' : 'No notifications yet'} />
      )}
      <Pager
        cursor={cursor}
        nextCursor={data.page.nextCursor}
        first="Newest"
        next="Older"
        filter={{ show }}
      />
    </div>
  )
}

/** What arrived since the list was loaded stays unread. */
function MarkAll({ upTo }: { upTo: string }) {
  const { all } = useMarkRead()
  return (
    <Button
      variant="line"
      busy={all.isPending}
      className="noscript:hidden"
      onClick={() => all.mutate({ upTo })}
    >
      Mark all as read
    </Button>
  )
}
