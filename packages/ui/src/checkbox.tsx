import { useId, type ComponentProps, type ReactNode } from 'react'

type CheckboxGroupProps = {
  legend: string
  hint?: ReactNode
  error?: string | undefined
  children: ReactNode
}

/** Several boxes under one name, with one error. */
export function CheckboxGroup({ legend, hint, error, children }: CheckboxGroupProps) {
  const id = useId()
  return (
    <fieldset
      aria-describedby={error ? `${id}-error` : undefined}
      className="flex flex-col gap-1.5"
    >
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      {hint && <p className="text-xs text-soft">{hint}</p>}
      <div className="grid gap-x-6 sm:grid-cols-2">{children}</div>
      {error && (
        <p id={`${id}-error`} role="alert" className="text-xs font-medium text-accent">
          {error}
        </p>
      )}
    </fieldset>
  )
}

type CheckboxProps = ComponentProps<'input'> & { label: ReactNode; hint?: ReactNode }

/** One box with its label; the whole line can be pressed. */
export function Checkbox({ label, hint, ...rest }: CheckboxProps) {
  const id = useId()
  const box = (
    <label
      className={`flex cursor-pointer items-center gap-2.5 text-sm ${hint === undefined ? 'min-h-9' : 'pt-2'}`}
    >
      <input
        {...rest}
        {...(hint !== undefined && { 'aria-describedby': id })}
        type="checkbox"
        className="size-4.5 shrink-0"
      />
      {label}
    </label>
  )
  if (hint === undefined) return box
  return (
    <div>
      {box}
      <p id={id} className="mb-1 ml-7 text-xs text-soft">
        {hint}
      </p>
    </div>
  )
}
