import { useId, type ReactNode } from 'react'

type SectionProps = { title: string; lead?: ReactNode; children: ReactNode }

/** One subject of a page of several. */
export function Section({ title, lead, children }: SectionProps) {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-5 border-t border-rule py-9 first:border-t-0 first:pt-0"
    >
      <header className="flex max-w-measure flex-col gap-1.5">
        <h2 id={id} className="headline text-xl">
          {title}
        </h2>
        {lead && <p className="text-sm text-soft">{lead}</p>}
      </header>
      {children}
    </section>
  )
}
