import type { ReactNode } from 'react'

type EmptyStateProps = { title: string; children?: ReactNode; action?: ReactNode }

/** What stands where a list would: says why it is empty and offers the next step. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-start gap-3 border-y border-rule py-14">
      <h2 className="headline text-2xl">{title}</h2>
      {children && <p className="max-w-measure text-soft">{children}</p>}
      {action && <div className="mt-3 flex flex-wrap gap-3 empty:hidden">{action}</div>}
    </div>
  )
}
