import { Button, buttonClass } from '@galley/ui/button'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import { type ReactNode, type RefObject, type SubmitEvent, useEffect, useRef } from 'react'

type FilterFormProps = { label: string; children: ReactNode }

/** Narrows the list at this address: what is chosen goes into the address, so it needs no script and can be kept. */
export function FilterForm({ label, children }: FilterFormProps) {
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  useFieldsOfAddress(form)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void navigate({ to: '.', search: chosen(event.currentTarget), state: { keepFocus: true } })
  }
  return (
    <form
      ref={form}
      method="get"
      role="search"
      aria-label={label}
      onSubmit={submit}
      className="grid items-end gap-4 py-8 sm:grid-cols-2 lg:grid-cols-4"
    >
      {children}
      <div className="flex gap-3">
        <Button type="submit">Show</Button>
        <Link
          to="."
          search={{}}
          // What is typed and not sent is in no address.
          onClick={() => setFields(form.current, () => '')}
          className={buttonClass('quiet')}
        >
          Clear
        </Link>
      </div>
    </form>
  )
}

/**
 * Shows in the fields below `container` what of the address has changed. They are the same elements before and after, so that
 * the focus stays in them; what is chosen and not sent yet stays where the address says nothing new.
 */
export function useFieldsOfAddress(container: RefObject<HTMLElement | null>) {
  const search: Record<string, string | number | boolean | undefined> = useRouterState({
    // Of the page that is shown, also while the next one loads.
    select: ({ resolvedLocation, location }) => (resolvedLocation ?? location).search,
  })
  const shown = useRef(search)
  useEffect(() => {
    const before = shown.current
    shown.current = search
    setFields(container.current, (name) => {
      const text = String(search[name] ?? '')
      return text === String(before[name] ?? '') ? undefined : text
    })
  }, [container, search])
}

/** Undefined leaves a field as it is. */
function setFields(container: HTMLElement | null, textOf: (name: string) => string | undefined) {
  const fields = container?.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
    'input:not([type=hidden]), select',
  )
  for (const field of fields ?? []) {
    const text = textOf(field.name)
    if (text !== undefined) field.value = text
  }
}

/** The texts of the fields that are not empty, by name. */
export function chosen(form: HTMLFormElement): Record<string, string> {
  const values = [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()] as const] : [],
  )
  return Object.fromEntries(values)
}
