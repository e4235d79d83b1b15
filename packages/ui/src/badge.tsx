import type { ReactNode } from 'react'

const tones = {
  plain: 'bg-sunken text-soft',
  good: 'bg-good-wash text-good',
  warn: 'bg-warn-wash text-warn',
}

/** A state in a word. */
export function Badge({
  tone = 'plain',
  children,
}: {
  tone?: keyof typeof tones
  children: ReactNode
}) {
  return (
    <span
      className={`inline-flex shrink-0 items-center rounded-sm px-2 py-0.5 text-2xs font-semibold ${tones[tone]}`}
    >
      {children}
    </span>
  )
}
