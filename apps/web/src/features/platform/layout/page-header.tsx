import type { ReactNode } from 'react'

type PageHeaderProps = { eyebrow?: string; title: string; children?: ReactNode; aside?: ReactNode }

/** The heading of a page that is not an article. */
export function PageHeader({ eyebrow, title, children, aside }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-6 pt-12 pb-8 sm:pt-16">
      <div className="flex flex-col gap-3">
        {eyebrow && <p className="eyebrow text-accent">{eyebrow}</p>}
        <h1 dir="auto" className="headline text-3xl">
          {title}
        </h1>
        {children}
      </div>
      {aside}
    </header>
  )
}
