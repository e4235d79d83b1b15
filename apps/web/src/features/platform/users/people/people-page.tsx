import { type ListUsers, Role } from '@galley/contract/platform/users'
import { EmptyState } from '@galley/ui/empty-state'
import { Field, Input, Select } from '@galley/ui/field'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../../lib/trpc.ts'
import { FilterForm } from '../../layout/filter-form.tsx'
import { Pager } from '../../layout/pager.tsx'
import { people } from '../queries.ts'
import { PersonRow } from './person-row.tsx'

/** Everybody with an account, newest first, for those who manage them. */
export function PeoplePage({ filter }: { filter: Partial<ListUsers> }) {
  const { data } = useSuspenseQuery(people(useTRPC(), filter))
  const { cursor } = filter
  return (
    <>
      <Filter key={JSON.stringify(filter)} filter={filter} />
      {data.items.length === 0 ? (
        <EmptyState title="Nobody found">Try another search.</EmptyState>
      ) : (
        <ul aria-label="People">
          {data.items.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </ul>
      )}
      <Pager cursor={cursor} nextCursor={data.page.nextCursor} first="Newest" next="Older" />
    </>
  )
}

function Filter({ filter: { query, role, status } }: { filter: Partial<ListUsers> }) {
  return (
    <FilterForm label="People">
      <Field label="Name or address begins with">
        <Input name="query" type="search" maxLength={100} defaultValue={query} />
      </Field>
      <Field label="Role">
        <Select name="role" defaultValue={role ?? ''}>
          <option value="">Any</option>
          {Role.options.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Status">
        <Select name="status" defaultValue={status ?? ''}>
          <option value="">Any</option>
          <option value="active">Active</option>
          <option value="suspended">Suspended</option>
        </Select>
      </Field>
    </FilterForm>
  )
}
