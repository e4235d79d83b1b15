import type { ReactNode } from 'react'

type RowProps = { title: ReactNode; details: ReactNode; actions?: ReactNode }

/** One thing of a list in the settings, with what can be done to it. */
export function Row({ title, details, actions }: RowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-3 border-t border-rule py-4">
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-sm font-medium wrap-anywhere">
          {title}
        </p>
        <p className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-soft">{details}</p>
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </li>
  )
}
