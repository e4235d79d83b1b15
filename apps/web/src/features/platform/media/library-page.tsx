import type { ListMedia, MediaOrder } from '@galley/contract/platform/media'
import { buttonClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { Field, Input, Select } from '@galley/ui/field'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import type { z } from 'zod'
import { useTRPC } from '../../../lib/trpc.ts'
import { FilterForm } from '../layout/filter-form.tsx'
import { LeaveGuard } from '../layout/leave-guard.tsx'
import { OrderField } from '../layout/order-field.tsx'
import { PageHeader } from '../layout/page-header.tsx'
import { Pager } from '../layout/pager.tsx'
import { useDrop } from './use-drop.ts'
import { FilePicker } from './file-picker.tsx'
import { MediaTile, stateWords } from './media-tile.tsx'
import { mediaList, mediaQuota } from './queries.ts'
import { sizeOf } from './upload-list.ts'
import { UploadRows } from './upload-rows.tsx'
import { useUploads } from './use-uploads.ts'

/** Everything that a person has uploaded: to find, to describe, to see where it is used, to delete. */
export function LibraryPage({ filter }: { filter: Partial<ListMedia> }) {
  const { data } = useSuspenseQuery(mediaList(useTRPC(), filter))
  const { list, uploads } = useUploads()
  const add = (files: File[]) => {
    for (const file of files) list.add(file, { onReady: ({ key }) => list.remove(key) })
  }
  const dragging = useDrop(add)
  const { cursor, ...narrowing } = filter
  const { used, query, kind, state, sort } = narrowing
  const isNarrowed = Object.values(narrowing).some((value) => value !== undefined)
  return (
    <div className={`page ${dragging ? 'bg-accent-wash' : ''}`}>
      <LeaveGuard
        isDirty={list.isBusy}
        lost="Files are still on their way. They are given up if you leave this page."
      />
      <PageHeader
        title="Media"
        aside={
          <FilePicker label="Files" multiple documents onFiles={add} className={buttonClass()}>
            <Upload aria-hidden="true" className="size-4" />
            Upload
          </FilePicker>
        }
      >
        <Quota />
      </PageHeader>
      <p className="hidden rounded-sm border border-rule bg-sunken px-4 py-3 text-sm noscript:block">
        Uploading, describing and deleting files needs JavaScript. Looking at them works without it.
      </p>
      <UploadRows list={list} uploads={uploads} />
      <Filter filter={filter} />
      {data.items.length > 0 ? (
        <ul
          aria-label="Files"
          className="grid grid-cols-2 gap-x-5 gap-y-8 pb-10 sm:grid-cols-3 lg:grid-cols-4"
        >
          {data.items.map((media) => (
            <MediaTile key={media.id} media={media} />
          ))}
        </ul>
      ) : isNarrowed ? (
        <EmptyState title="Nothing found">Try another search.</EmptyState>
      ) : (
        <EmptyState title="No files yet">
          Upload pictures here, or drop them into the text of an article.
        </EmptyState>
      )}
      <Pager
        cursor={cursor}
        nextCursor={data.page.nextCursor}
        first="First page"
        next="Next page"
        filter={{ query, kind, state, sort, used: used?.toString() }}
      />
    </div>
  )
}

function Quota() {
  const { data } = useQuery(mediaQuota(useTRPC()))
  if (!data) return null
  const { usedBytes, limitBytes } = data
  return (
    <p className="flex flex-col gap-1.5 text-sm text-soft">
      {sizeOf(usedBytes)} of {sizeOf(limitBytes)} used
      <meter
        aria-label="Storage used"
        min={0}
        max={limitBytes}
        value={usedBytes}
        className="h-2 w-60 max-w-full"
      />
    </p>
  )
}

const orders: Record<z.output<typeof MediaOrder>, string> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  largest: 'Largest first',
  smallest: 'Smallest first',
  name: 'By name',
  '-name': 'By name, from Z to A',
}

function Filter({ filter: { query, used, kind, state, sort } }: { filter: Partial<ListMedia> }) {
  return (
    <FilterForm label="Files">
      <Field label="Name or description">
        <Input name="query" type="search" maxLength={100} defaultValue={query} />
      </Field>
      <Field label="Show">
        <Select name="kind" defaultValue={kind ?? ''}>
          <option value="">Everything</option>
          <option value="image">Pictures</option>
          <option value="document">Documents</option>
        </Select>
      </Field>
      <Field label="Used">
        <Select name="used" defaultValue={used === undefined ? '' : String(used)}>
          <option value="">Anywhere or nowhere</option>
          <option value="true">Somewhere</option>
          <option value="false">Nowhere</option>
        </Select>
      </Field>
      <Field label="State">
        <Select name="state" defaultValue={state ?? ''}>
          <option value="">Any</option>
          {Object.entries(stateWords).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Select>
      </Field>
      <OrderField orders={orders} sort={sort} />
    </FilterForm>
  )
}
