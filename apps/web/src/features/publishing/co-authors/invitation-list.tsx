import type { CurrentUser } from '@galley/contract/platform/users'
import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import { Pager } from '../../platform/layout/pager.tsx'
import { InvitationRow } from './invitation-row.tsx'
import { coAuthorInvitations } from './queries.ts'

type InvitationListProps = { cursor: string | undefined; user: CurrentUser }

/** What the person is invited to write along. */
export function InvitationList({ cursor, user }: InvitationListProps) {
  const { data } = useSuspenseQuery(coAuthorInvitations(useTRPC(), cursor))
  return (
    <>
      {data.items.length === 0 ? (
        <EmptyState title="No invitations">
          Who invites you to write an article with them, does so by your username, @{user.username}.
        </EmptyState>
      ) : (
        <ul aria-label="Invitations">
          {data.items.map((invitation) => (
            <InvitationRow key={invitation.article.id} invitation={invitation} user={user} />
          ))}
        </ul>
      )}
      <Pager
        cursor={cursor}
        nextCursor={data.page.nextCursor}
        first="First page"
        next="Next page"
        filter={{ show: 'invitations' }}
      />
    </>
  )
}
