import type { ReactNode } from 'react'
import { ariaShortcut, type Shortcut, shownShortcut } from './shortcuts.ts'

export const toolClass =
  'inline-flex size-11 shrink-0 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-ink ' +
  'sm:pointer-fine:size-9 aria-pressed:bg-accent-wash aria-pressed:text-ink aria-expanded:bg-accent-wash aria-expanded:text-ink ' +
  'forced-colors:aria-pressed:border-2 forced-colors:aria-expanded:border-2'

type ToolButtonProps = {
  label: string
  shortcut?: Shortcut | undefined
  pressed?: boolean | undefined
  expanded?: boolean
  onPress: () => void
  children: ReactNode
}

export function ToolButton(props: ToolButtonProps) {
  const { label, shortcut, pressed, expanded, onPress, children } = props
  return (
    <button
      type="button"
      aria-label={label}
      title={shortcut ? `${label} (${shownShortcut(shortcut)})` : label}
      aria-keyshortcuts={shortcut && ariaShortcut(shortcut)}
      aria-pressed={pressed}
      aria-expanded={expanded}
      onClick={onPress}
      className={toolClass}
    >
      {children}
    </button>
  )
}
