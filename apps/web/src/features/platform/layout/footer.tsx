import { Link } from '@tanstack/react-router'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useSite } from '../../../lib/router-context.ts'
import { themes, useTheme } from '../../../lib/theme.ts'

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

const looks = {
  system: { label: 'Theme of the device', Icon: Monitor },
  light: { label: 'Light theme', Icon: Sun },
  dark: { label: 'Dark theme', Icon: Moon },
}

/** Its buttons are pressed by `themeScript`. */
function ThemeSwitch() {
  const current = useTheme()
  return (
    <div
      role="group"
      aria-label="Theme"
      className="flex rounded-full border border-rule p-0.5 noscript:hidden"
    >
      {themes.map((theme) => {
        const { label, Icon } = looks[theme]
        return (
          <button
            key={theme}
            type="button"
            aria-label={label}
            aria-pressed={theme === current}
            data-choose-theme={theme}
            className="inline-flex size-9 items-center justify-center rounded-full text-soft hover:text-ink aria-pressed:bg-sunken aria-pressed:text-ink"
          >
            <Icon aria-hidden="true" className="size-4" />
          </button>
        )
      })}
    </div>
  )
}
