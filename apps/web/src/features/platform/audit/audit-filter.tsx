import { auditActions } from '@galley/contract/audit-actions'
import { Field, Input, Select } from '@galley/ui/field'
import { FilterForm } from '../layout/filter-form.tsx'
import { OrderField, timeOrders } from '../layout/order-field.tsx'
import type { AuditSearch } from './audit-search.ts'
import { auditNouns } from '../../../registry/audit.ts'

export function AuditFilter({ search }: { search: AuditSearch }) {
  const { action, person, targetType, targetId, from, to, sort } = search
  return (
    <FilterForm label="Audit log">
      <Field label="Username" hint="Who did it, or whose account it is about">
        <Input name="person" type="search" autoCapitalize="none" defaultValue={person} />
      </Field>
      <Field label="What happened">
        <Select name="action" defaultValue={action ?? ''}>
          <option value="">Anything</option>
          {auditKinds.map(({ title, all, actions }) => (
            <optgroup key={all} label={title}>
              {actions.length > 1 && <option value={all}>{title}: all</option>}
              {actions.map((each) => (
                <option key={each.action} value={each.action}>
                  {title}: {each.text}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
      </Field>
      <Field label="From day">
        <Input name="from" type="date" defaultValue={from} />
      </Field>
      <Field label="To day">
        <Input name="to" type="date" defaultValue={to} />
      </Field>
      <OrderField orders={timeOrders} sort={sort} />
      {targetType && <input type="hidden" name="targetType" value={targetType} />}
      {targetId && <input type="hidden" name="targetId" value={targetId} />}
    </FilterForm>
  )
}

/** What the audit log can be narrowed to: a kind as a whole, `user.`, or one action of it. */
const auditKinds = Object.entries(auditNouns).map(([noun, title]) => ({
  title,
  all: `${noun}.`,
  actions: auditActions
    .filter((action) => action.startsWith(`${noun}.`))
    .map((action) => ({ action, text: inWords(action.slice(noun.length + 1)) })),
}))

function inWords(name: string) {
  return name.replaceAll('-', ' ')
}
