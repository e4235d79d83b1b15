import { Button, buttonClass } from '@galley/ui/button'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode, SubmitEvent } from 'react'

type FilterFormProps = { label: string; children: ReactNode }

/** Narrows the list at this address: what is chosen goes into the address, so it needs no script and can be kept. */
export function FilterForm({ label, children }: FilterFormProps) {
  const navigate = useNavigate()
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void navigate({ to: '.', search: chosen(event.currentTarget), state: { keepFocus: true } })
  }
  return (
    <form
      method="get"
      role="search"
      aria-label={label}
      onSubmit={submit}
      className="grid items-end gap-4 py-8 sm:grid-cols-2 lg:grid-cols-4"
    >
      {children}
      <div className="flex gap-3">
        <Button type="submit">Show</Button>
        <Link to="." search={{}} className={buttonClass('quiet')}>
          Clear
        </Link>
      </div>
    </form>
  )
}

/** The texts of the fields that are not empty, by name. */
export function chosen(form: HTMLFormElement): Record<string, string> {
  const values = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()] as const] : [],
  )
  return Object.fromEntries(values)
}
