import type { ChangeOrder, ListDrafts } from '@galley/contract/publishing/articles'
import { Field, Input } from '@galley/ui/field'
import type { z } from 'zod'
import { FilterForm } from '../../platform/layout/filter-form.tsx'
import { OrderField } from '../../platform/layout/order-field.tsx'

/** Narrows the drafts of others and puts them in order. */
export function DraftFilter({ filter: { author, sort } }: { filter: Partial<ListDrafts> }) {
  return (
    <FilterForm label="Drafts">
      <Field label="Author" hint="Their username">
        <Input name="author" type="search" autoCapitalize="none" defaultValue={author} />
      </Field>
      <OrderField orders={changeOrders} sort={sort} />
    </FilterForm>
  )
}

const changeOrders: Record<z.output<typeof ChangeOrder>, string> = {
  updated: 'Last changed first',
  '-updated': 'Longest unchanged first',
}
