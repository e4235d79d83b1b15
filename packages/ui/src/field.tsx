import { Field as BaseField } from '@base-ui/react/field'
import type { ComponentProps, ReactNode } from 'react'

type FieldProps = {
  label: ReactNode
  /** Shown below the label, read with the control. */
  hint?: ReactNode
  error?: string | undefined
  hideLabel?: boolean
  className?: string
  children: ReactNode
}

/** One labelled control with its hint and its error, tied together for assistive technology. */
export function Field({ label, hint, error, hideLabel, className = '', children }: FieldProps) {
  return (
    <BaseField.Root invalid={error !== undefined} className={`flex flex-col gap-1.5 ${className}`}>
      <BaseField.Label className={hideLabel ? 'sr-only' : 'text-sm font-medium'}>
        {label}
      </BaseField.Label>
      {hint && <BaseField.Description className="text-xs text-soft">{hint}</BaseField.Description>}
      {children}
      <BaseField.Error match={error !== undefined} className="text-xs font-medium text-accent">
        {error}
      </BaseField.Error>
    </BaseField.Root>
  )
}

const looks = {
  box: 'rounded-sm border border-edge bg-raised px-3.5 py-2.5 hover:border-ink focus-visible:border-ink focus-visible:outline-offset-0',
  /** Text on the page itself, ruled below. */
  page: 'border-b border-rule bg-transparent py-1.5 hover:border-edge focus-visible:border-ink focus-visible:shadow-[0_1px_0_var(--color-ink)] focus-visible:outline-none',
}

const controlClass = (look: keyof typeof looks, className: string) =>
  `w-full text-ink placeholder:text-soft data-invalid:border-accent ${looks[look]} ${className}`

type Look = { look?: keyof typeof looks }

/** A line of text inside a `Field`; runs in the direction of what is typed. */
export function Input({ look = 'box', className = '', ...rest }: ComponentProps<'input'> & Look) {
  return (
    <BaseField.Control
      dir="auto"
      {...rest}
      className={controlClass(look, `min-h-11 ${className}`)}
    />
  )
}

/** Several lines of text inside a `Field`; grows with its content where the browser can. */
export function Textarea({
  look = 'box',
  className = '',
  ...rest
}: ComponentProps<'textarea'> & Look) {
  return (
    <BaseField.Control
      render={<textarea dir="auto" {...rest} />}
      className={controlClass(look, `field-sizing-content ${className}`)}
    />
  )
}

/** One of a few choices inside a `Field`: the browser's own list. */
export function Select({ look = 'box', className = '', ...rest }: ComponentProps<'select'> & Look) {
  return (
    <BaseField.Control
      render={<select {...rest} />}
      className={controlClass(look, `min-h-11.75 ${className}`)}
    />
  )
}
