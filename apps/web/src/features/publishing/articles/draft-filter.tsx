import type { ChangeOrder } from '@galley/contract/publishing/articles'
import { Field, Input, Select } from '@galley/ui/field'
import type { z } from 'zod'
import { FilterForm } from '../../platform/layout/filter-form.tsx'
import { OrderField } from '../../platform/layout/order-field.tsx'
import type { OthersFilter } from './queries.ts'

/** Chooses which articles of others are listed, and in which order. */
export function DraftFilter({ filter: { author, status, sort } }: { filter: OthersFilter }) {
  return (
    <FilterForm label="Articles">
      <Field label="Status">
        <Select name="status" defaultValue={status ?? ''}>
          {Object.entries(othersStatuses).map(([value, text]) => (
            <option key={value} value={value === 'draft' ? '' : value}>
              {text}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Author" hint="Their username; not of the trash">
        <Input name="author" type="search" autoCapitalize="none" defaultValue={author} />
      </Field>
      <OrderField orders={changeOrders} sort={sort} />
    </FilterForm>
  )
}

export const othersStatuses = {
  draft: 'Drafts',
  in_review: 'In review',
  scheduled: 'Scheduled',
  archived: 'Archived',
  trash: 'Trash',
} as const

const changeOrders: Record<z.output<typeof ChangeOrder>, string> = {
  updated: 'Last changed first',
  '-updated': 'Longest unchanged first',
}
