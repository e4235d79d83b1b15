import { Field, Input } from '@galley/ui/field'
import { FilterForm } from '../layout/filter-form.tsx'

/** As in the address; `from` and `to` are days, `2026-03-14`, the last one included. */
export type AuditSearch = {
  action?: string
  actor?: string
  targetType?: string
  targetId?: string
  from?: string
  to?: string
  cursor?: string
}

export function AuditFilter({ search }: { search: AuditSearch }) {
  const { action, actor, targetType, targetId, from, to } = search
  return (
    <FilterForm label="Audit log">
      <Field label="Action, or its beginning with a dot">
        <Input name="action" placeholder="user." defaultValue={action} />
      </Field>
      <Field label="Username of who did it">
        <Input name="actor" autoCapitalize="none" defaultValue={actor} />
      </Field>
      <Field label="Kind of target">
        <Input name="targetType" placeholder="article" defaultValue={targetType} />
      </Field>
      <Field label="Id of the target">
        <Input name="targetId" defaultValue={targetId} />
      </Field>
      <Field label="From day">
        <Input name="from" type="date" defaultValue={from} />
      </Field>
      <Field label="To day">
        <Input name="to" type="date" defaultValue={to} />
      </Field>
    </FilterForm>
  )
}
