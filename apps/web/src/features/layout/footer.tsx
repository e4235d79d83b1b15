import { Link } from '@tanstack/react-router'
import { siteDescription, siteName } from '../../lib/site.ts'
import { ThemeSwitch } from './theme-switch.tsx'

export function Footer() {
  return (
    <footer className="mt-24 border-t border-rule">
      <div className="page flex flex-wrap items-end justify-between gap-x-12 gap-y-6 py-10">
        <div className="flex flex-col gap-1.5">
          <Link to="/" className="headline w-fit text-xl">
            {siteName}
            <span className="text-accent">.</span>
          </Link>
          <p className="text-xs text-soft">{siteDescription}</p>
        </div>
        <ThemeSwitch />
      </div>
    </footer>
  )
}
