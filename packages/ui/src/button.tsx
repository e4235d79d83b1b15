import type { ComponentProps } from 'react'

type Variant = 'solid' | 'line' | 'quiet' | 'danger'
type Size = 'normal' | 'small'

const base =
  'inline-flex items-center justify-center gap-2 rounded-sm font-medium whitespace-nowrap transition-colors print:hidden ' +
  'disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55'

const variants: Record<Variant, string> = {
  solid: 'bg-ink text-paper hover:bg-ink/85',
  line: 'border border-edge hover:border-ink hover:bg-sunken',
  quiet: 'text-soft hover:bg-sunken hover:text-ink',
  danger: 'bg-accent text-on-accent hover:bg-accent/85',
}

const sizes: Record<Size, string> = {
  normal: 'min-h-11 px-5 text-sm',
  small: 'min-h-9 px-3.5 text-xs',
}

/** The look of a button, for links that act as one. */
export const buttonClass = (variant: Variant = 'solid', size: Size = 'normal', extra = '') =>
  `${base} ${variants[variant]} ${sizes[size]} ${extra}`

/** The look of a link within small text. */
export const textLinkClass = 'font-medium text-ink underline underline-offset-3 hover:text-accent'

type ButtonProps = ComponentProps<'button'> & { variant?: Variant; size?: Size; busy?: boolean }

/** A button that keeps its place and focus while `busy`, and cannot be pressed twice. */
export function Button({
  variant,
  size,
  busy = false,
  className,
  type = 'button',
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={busy ? 'button' : type}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? undefined : onClick}
      className={buttonClass(variant, size, className)}
    />
  )
}
