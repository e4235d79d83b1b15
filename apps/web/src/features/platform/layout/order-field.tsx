import { Field, Select } from '@galley/ui/field'

type OrderFieldProps = {
  /** What the orders of the list are called, its default first. */
  orders: Readonly<Record<string, string>>
  sort: string | undefined
}

/** The order of a list among its filters; the default is not in the address. */
export function OrderField({ orders, sort }: OrderFieldProps) {
  return (
    <Field label="Order">
      <Select name="sort" defaultValue={sort ?? ''}>
        {Object.entries(orders).map(([name, text], n) => (
          <option key={name} value={n === 0 ? '' : name}>
            {text}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** For lists that go by time. */
export const timeOrders = { newest: 'Newest first', oldest: 'Oldest first' }
