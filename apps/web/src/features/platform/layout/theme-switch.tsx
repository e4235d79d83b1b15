import { Monitor, Moon, Sun } from 'lucide-react'
import { themes, useTheme } from '../../../lib/theme.ts'

const looks = {
  system: { label: 'Theme of the device', Icon: Monitor },
  light: { label: 'Light theme', Icon: Sun },
  dark: { label: 'Dark theme', Icon: Moon },
}

export function ThemeSwitch() {
  const [current, choose] = useTheme()
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
            onClick={() => choose(theme)}
            className="inline-flex size-9 items-center justify-center rounded-full text-soft hover:text-ink aria-pressed:bg-sunken aria-pressed:text-ink"
          >
            <Icon aria-hidden="true" className="size-4" />
          </button>
        )
      })}
    </div>
  )
}
