import { Link } from '@tanstack/react-router'
import { useSite } from '../../../lib/site.ts'
import { ThemeSwitch } from './theme-switch.tsx'

export function Footer() {
  const { name, description, links } = useSite()
  return (
    <footer className="print:hidden mt-24 border-t border-rule">
      <div className="page flex flex-wrap items-end justify-between gap-x-12 gap-y-6 py-10">
        <div className="flex flex-col gap-1.5">
          <Link to="/" className="headline w-fit text-xl">
            <bdi>{name}</bdi>
            <span className="text-accent">.</span>
          </Link>
          <p dir="auto" className="text-xs text-soft">
            {description}
          </p>
        </div>
        {links.length > 0 && (
          <nav aria-label="About this site" className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
            {links.map(({ label, href }) => (
              <a key={`${label} ${href}`} href={href} className="py-1 text-soft hover:text-ink">
                <bdi>{label}</bdi>
              </a>
            ))}
          </nav>
        )}
        <ThemeSwitch />
      </div>
    </footer>
  )
}
