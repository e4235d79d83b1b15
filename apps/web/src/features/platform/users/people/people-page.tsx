import type { ListUsers, ManagedUser, UserOrder } from '@galley/contract/platform/users'
import { Avatar } from '@galley/ui/avatar'
import { Badge } from '@galley/ui/badge'
import { EmptyState } from '@galley/ui/empty-state'
import { Field, Input, Select } from '@galley/ui/field'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { useTRPC } from '../../../../lib/trpc.ts'
import { profileLink } from '../../../../registry/navigation.ts'
import { FilterForm } from '../../layout/filter-form.tsx'
import { OrderField, timeOrders } from '../../layout/order-field.tsx'
import { Pager } from '../../layout/pager.tsx'
import { Day, Moment } from '../../layout/time.tsx'
import { RoleField } from '../role-field.tsx'
import { ManagePerson } from './manage-person.tsx'
import { people } from './queries.ts'

/** Everybody with an account, for those who manage them. */
export function PeoplePage({ filter }: { filter: Partial<ListUsers> }) {
  const { data } = useSuspenseQuery(people(useTRPC(), filter))
  const { cursor, query, role, status, sort } = filter
  return (
    <>
      <Filter filter={filter} />
      {data.items.length === 0 ? (
        <EmptyState title="Nobody found">Try another search.</EmptyState>
      ) : (
        <ul aria-label="People">
          {data.items.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </ul>
      )}
      <Pager
        cursor={cursor}
        nextCursor={data.page.nextCursor}
        first="First page"
        next="Next page"
        filter={{ query, role, status, sort }}
      />
    </>
  )
}

const orders: Record<z.output<typeof UserOrder>, string> = {
  ...timeOrders,
  name: 'Name, A to Z',
  '-name': 'Name, Z to A',
  username: 'Username, A to Z',
  '-username': 'Username, Z to A',
}

function Filter({ filter: { query, role, status, sort } }: { filter: Partial<ListUsers> }) {
  return (
    <FilterForm label="People">
      <Field label="Name or address begins with">
        <Input name="query" type="search" maxLength={100} defaultValue={query} />
      </Field>
      <RoleField role={role} />
      <Field label="Status">
        <Select name="status" defaultValue={status ?? ''}>
          <option value="">Any</option>
          <option value="active">Active</option>
          <option value="suspended">Suspended</option>
        </Select>
      </Field>
      <OrderField orders={orders} sort={sort} />
    </FilterForm>
  )
}

function PersonRow({ person }: { person: ManagedUser }) {
  const { username, displayName, email, emailVerified, role, status, can } = person
  const manageable = can.grant.length > 0 || can.suspend || can.restore || can.revokeSessions
  return (
    <li className="flex gap-4 border-t border-rule py-5">
      <Avatar person={person} />
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
