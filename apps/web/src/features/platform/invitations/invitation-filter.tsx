import type { InvitationOrder, ListInvitations } from '@galley/contract/platform/invitations'
import type { z } from 'zod'
import { FilterForm } from '../layout/filter-form.tsx'
import { OrderField, timeOrders } from '../layout/order-field.tsx'
import { RoleField } from '../users/role-field.tsx'

/** Narrows the list of open invitations and puts it in order. */
export function InvitationFilter({ filter }: { filter: Partial<ListInvitations> }) {
  return (
    <FilterForm label="Open invitations">
      <RoleField role={filter.role} />
      <OrderField orders={orders} sort={filter.sort} />
    </FilterForm>
  )
}

const orders: Record<z.output<typeof InvitationOrder>, string> = {
  ...timeOrders,
  expires: 'Expires soonest',
}
