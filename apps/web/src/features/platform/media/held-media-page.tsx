import type { HeldMedia, ListHeldMedia } from '@galley/contract/platform/media'
import { Badge } from '@galley/ui/badge'
import { EmptyState } from '@galley/ui/empty-state'
import { Field, Select } from '@galley/ui/field'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import { FilterForm } from '../layout/filter-form.tsx'
import { Pager } from '../layout/pager.tsx'
import { Moment } from '../layout/time.tsx'
import { stateWords } from './media-tile.tsx'
import { heldMedia } from './queries.ts'
import { sizeOf, wordsFor } from './upload-list.ts'

type HeldMediaPageProps = { filter: Partial<ListHeldMedia> }

/** Files of anybody that are not served, and why: refused, or waiting for the scanner. */
export function HeldMediaPage({ filter }: HeldMediaPageProps) {
  const { data } = useSuspenseQuery(heldMedia(useTRPC(), filter))
  return (
    <>
      <Filter key={filter.state} state={filter.state} />
      {data.items.length === 0 ? (
        <EmptyState title="No files are held back">
          Files that are refused, or wait for the scanner, appear here.
        </EmptyState>
      ) : (
        <ul aria-label="Files">
          {data.items.map((held) => (
            <HeldRow key={held.id} held={held} />
          ))}
        </ul>
      )}
      <Pager cursor={filter.cursor} nextCursor={data.page.nextCursor} first="Newest" next="Older" />
    </>
  )
}

function Filter({ state }: { state: ListHeldMedia['state'] }) {
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
