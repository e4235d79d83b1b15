import type { HeldMedia, HeldMediaOrder, ListHeldMedia } from '@galley/contract/platform/media'
import { Badge } from '@galley/ui/badge'
import { EmptyState } from '@galley/ui/empty-state'
import { Field, Input, Select } from '@galley/ui/field'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { useTRPC } from '../../../lib/trpc.ts'
import { FilterForm } from '../layout/filter-form.tsx'
import { FilterProblem } from '../layout/filter-problem.tsx'
import { OrderField } from '../layout/order-field.tsx'
import { Pager } from '../layout/pager.tsx'
import { Moment } from '../layout/time.tsx'
import { stateWords } from './media-tile.tsx'
import { heldMedia } from './queries.ts'
import { sizeOf, wordsFor } from './upload-list.ts'

type HeldMediaPageProps = { filter: Partial<ListHeldMedia> }

/** Files of anybody that are not served, and why: refused, or waiting for the scanner. */
export function HeldMediaPage({ filter }: HeldMediaPageProps) {
  const { data, error } = useQuery(heldMedia(useTRPC(), filter))
  const { cursor, state, owner, sort } = filter
  return (
    <>
      <Filter filter={filter} />
      <FilterProblem error={error} />
      {data && <HeldList items={data.items} />}
      {data && (
        <Pager
          cursor={cursor}
          nextCursor={data.page.nextCursor}
          first="First page"
          next="Next page"
          filter={{ state, owner, sort }}
        />
      )}
    </>
  )
}

function HeldList({ items }: { items: HeldMedia[] }) {
  if (items.length === 0) {
    return (
      <EmptyState title="No files are held back">
        Files that are refused, or wait for the scanner, appear here.
      </EmptyState>
    )
  }
  return (
    <ul aria-label="Files">
      {items.map((held) => (
        <HeldRow key={held.id} held={held} />
      ))}
    </ul>
  )
}

const orders: Record<z.output<typeof HeldMediaOrder>, string> = {
  updated: 'Last changed first',
  '-updated': 'Longest unchanged first',
}

function Filter({ filter: { state, owner, sort } }: HeldMediaPageProps) {
  return (
    <FilterForm label="Files">
      <Field label="State">
        <Select name="state" defaultValue={state ?? ''}>
          <option value="">Any</option>
          {(['uploading', 'quarantined', 'processing', 'refused'] as const).map((each) => (
            <option key={each} value={each}>
              {stateWords[each]}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Owner" hint="Their username">
        <Input name="owner" type="search" autoCapitalize="none" defaultValue={owner} />
      </Field>
      <OrderField orders={orders} sort={sort} />
    </FilterForm>
  )
}

function HeldRow({ held }: { held: HeldMedia }) {
  const { fileName, state, reason, detail, owner, mime, bytes, updatedAt } = held
  return (
    <li className="flex flex-col gap-1.5 border-t border-rule py-5">
      <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm">
        <bdi className="font-medium">{fileName}</bdi>
        <Badge tone={state === 'refused' ? 'warn' : 'plain'}>{stateWords[state]}</Badge>
      </p>
      {reason && <p className="text-sm">{wordsFor(reason)}</p>}
      {detail && (
        <p dir="auto" className="font-mono text-xs text-soft">
          {detail}
        </p>
      )}
      <p className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-soft">
        <span>
          <bdi>{owner.displayName}</bdi> (@{owner.username})
        </span>
        <span>{mime}</span>
        <span>{sizeOf(bytes)}</span>
        <Moment timestamp={updatedAt} />
      </p>
    </li>
  )
}
