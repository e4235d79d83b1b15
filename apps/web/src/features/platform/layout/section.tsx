import { tabLinkClass } from '@galley/ui/tab-links'
import { Link, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import type { NavigationLink } from '../../../registry/navigation.ts'

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

type SectionLinksProps = { label: string; links: NavigationLink[] }

/** The pages of one part of the site in a row; scrolls sideways on a small screen. */
export function SectionLinks({ label, links }: SectionLinksProps) {
  const row = useCurrentInView<HTMLUListElement>()
  return (
    <nav aria-label={label} className="border-b border-rule">
      <ul ref={row} className="scroll-row -mb-px flex gap-6 overflow-x-auto">
        {links.map(({ text, link }) => (
          <li key={text} className="shrink-0">
            <Link {...link} className={`${tabLinkClass} mb-0 block`}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Of a row of links that scrolls sideways: the link to where one is comes into view. */
export function useCurrentInView<Row extends HTMLElement>() {
  const row = useRef<Row>(null)
  const shown = useRouterState({ select: (state) => state.resolvedLocation?.href })
  useEffect(() => {
    // Before that, none is marked.
    if (shown === undefined) return
    const current = row.current?.querySelector('[aria-current]')
    // Not `scrollIntoView`: that scrolls the page as well, away from where somebody who comes back was.
    if (current && row.current) centre(row.current, current)
  }, [shown])
  return row
}

function centre(row: Element, link: Element) {
  const [around, within] = [row.getBoundingClientRect(), link.getBoundingClientRect()]
  row.scrollLeft += within.left + within.width / 2 - around.left - around.width / 2
}
