import { tabLinkClass } from '@galley/ui/tab-links'
import { Link, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { NavigationLink } from '../../../registry/navigation.ts'

type SectionLinksProps = { label: string; links: NavigationLink[] }

/** The pages of one part of the site in a row; scrolls sideways on a small screen. */
export function SectionLinks({ label, links }: SectionLinksProps) {
  const nav = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  useEffect(() => {
    const all = [...(nav.current?.querySelectorAll('a') ?? [])]
    const current = all.find(({ pathname }) => pathname === path)
    current?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [path])
  return (
    <nav ref={nav} aria-label={label} className="border-b border-rule">
      <ul className="scroll-row -mb-px flex gap-6 overflow-x-auto">
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
