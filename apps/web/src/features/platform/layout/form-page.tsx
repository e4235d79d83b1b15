import type { ReactNode } from 'react'

/** A page that is one narrow form. */
export function FormPage({
  title,
  lead,
  plain = false,
  children,
}: {
  title: string
  lead?: ReactNode
  /** The form works without JavaScript. */
  plain?: boolean
  children: ReactNode
}) {
  return (
    <div className="page">
      <div className="mx-auto flex max-w-form flex-col gap-8 py-14 sm:py-20">
        <header className="flex flex-col gap-2">
          <h1 className="headline text-3xl">{title}</h1>
          {lead && <p className="text-sm text-soft">{lead}</p>}
        </header>
        {children}
        {!plain && (
          <noscript>
            <p className="rounded-sm border border-rule bg-sunken px-4 py-3 text-sm">
              This form needs JavaScript. Reading works without it.
            </p>
          </noscript>
        )}
      </div>
    </div>
  )
}
