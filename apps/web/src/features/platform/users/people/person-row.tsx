import type { ManagedUser } from '@galley/contract/platform/users'
import { Avatar } from '@galley/ui/avatar'
import { Badge } from '@galley/ui/badge'
import { Link } from '@tanstack/react-router'
import { Day, Moment } from '../../layout/time.tsx'
import { profileLink } from '../../../../registry/navigation.ts'
import { ManagePerson } from './manage-person.tsx'

export function PersonRow({ person }: { person: ManagedUser }) {
  const { username, displayName, email, emailVerified, role, status, can } = person
  const manageable = can.grant.length > 0 || can.suspend || can.restore || can.revokeSessions
  return (
    <li className="flex gap-4 border-t border-rule py-5">
      <Avatar name={displayName} seed={username} />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
          <Name person={person} />
          <Badge>{role}</Badge>
          {status === 'suspended' && <Badge tone="warn">suspended</Badge>}
          {!emailVerified && <Badge tone="warn">address not confirmed</Badge>}
        </p>
        <p className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-soft">
          <span>@{username}</span>
          <span className="break-all">{email}</span>
          <span>
            Joined <Day timestamp={person.createdAt} />
          </span>
          <span>
            {person.lastSeenAt === null ? (
              'Never signed in'
            ) : (
              <>
                Last seen <Moment timestamp={person.lastSeenAt} />
              </>
            )}
          </span>
        </p>
        {manageable && (
          <details className="mt-1">
            <summary className="w-fit py-1 text-xs font-medium text-soft hover:text-ink">
              Manage
              <span className="sr-only">
                {' '}
                <bdi>{displayName}</bdi>
              </span>
            </summary>
            <ManagePerson person={person} />
          </details>
        )}
      </div>
    </li>
  )
}

function Name({ person: { username, displayName } }: { person: ManagedUser }) {
  const link = profileLink(username)
  const name = <bdi>{displayName}</bdi>
  if (!link) return <span className="font-medium">{name}</span>
  return (
    <Link {...link} className="font-medium hover:text-accent">
      {name}
    </Link>
  )
}
