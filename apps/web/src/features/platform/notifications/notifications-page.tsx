import { notificationKinds } from '@galley/contract/notification-kinds'
import { Button, textLinkClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { Field, Select } from '@galley/ui/field'
import { tabLinkClass, tabRowClass } from '@galley/ui/tab-links'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTRPC } from '../../../lib/trpc.ts'
import { FilterForm } from '../layout/filter-form.tsx'
import { PageHeader } from '../layout/page-header.tsx'
import { Pager } from '../layout/pager.tsx'
import { NotificationRow } from './notification-row.tsx'
import { myNotifications, type Shown } from './queries.ts'
import { useMarkRead } from './use-mark-read.ts'

/** What the person was told of, last first. */
export function NotificationsPage({ shown }: { shown: Shown }) {
  const { data } = useSuspenseQuery(myNotifications(useTRPC(), shown))
  const { show, kind, cursor } = shown
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
          search={{ kind }}
          activeOptions={{ exact: true, includeSearch: true }}
          className={tabLinkClass}
        >
          All
        </Link>
        <Link
          to="/notifications"
          search={{ show: 'unread', kind }}
          activeOptions={{ includeSearch: true }}
          className={tabLinkClass}
        >
          Unread
        </Link>
      </nav>
      <KindFilter shown={shown} />
      {data.items.length > 0 ? (
        <ul aria-label="Notifications">
          {data.items.map((notification) => (
            <NotificationRow key={notification.id} notification={notification} />
          ))}
        </ul>
      ) : (
        <EmptyState title={emptyTitle(shown)} />
      )}
      <Pager
        cursor={cursor}
        nextCursor={data.page.nextCursor}
        first="Newest"
        next="Older"
        filter={{ show, kind }}
      />
    </div>
  )
}

function emptyTitle({ show, kind }: Shown) {
  if (kind) return 'Nothing of this kind'
  return show === 'unread' ? 'Nothing is unread' : 'No notifications yet'
}

function KindFilter({ shown: { show, kind } }: { shown: Shown }) {
  return (
    <FilterForm label="Notifications">
      {show && <input type="hidden" name="show" value={show} />}
      <Field label="Kind">
        <Select name="kind" defaultValue={kind ?? ''}>
          <option value="">All</option>
          {Object.entries(notificationKinds).map(([name, { meaning }]) => (
            <option key={name} value={name}>
              {meaning}
            </option>
          ))}
        </Select>
      </Field>
    </FilterForm>
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
