import { createIsomorphicFn } from '@tanstack/react-start'
import { useSyncExternalStore } from 'react'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/**
 * Runs before the first paint, so that a chosen theme does not flash the other one, and takes the presses of buttons with
 * `data-choose-theme`, so that they work before the page is hydrated. `system` follows the device.
 */
export const themeScript = createIsomorphicFn()
  .client(() => '')
  .server(() => script)

const script = `(() => {
  const root = document.documentElement
  const use = (theme) => {
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
    else delete root.dataset.theme
  }
  try { use(localStorage.getItem('theme')) } catch {}
  document.addEventListener('click', ({ target }) => {
    const theme = target.closest('[data-choose-theme]')?.dataset.chooseTheme
    if (theme === undefined) return
    use(theme)
    for (const button of document.querySelectorAll('[data-choose-theme]')) {
      button.setAttribute('aria-pressed', button.dataset.chooseTheme === theme)
    }
    try { localStorage.setItem('theme', theme) } catch {}
    dispatchEvent(new Event('themechange'))
  })
})()`

/** The chosen theme. */
export const useTheme = (): Theme =>
  useSyncExternalStore(subscribe, currentTheme, () => 'system' as const)

function subscribe(listener: () => void) {
  window.addEventListener('themechange', listener)
  return () => window.removeEventListener('themechange', listener)
}

function currentTheme(): Theme {
  const chosen = document.documentElement.dataset['theme']
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system'
}

/** Stores the choice again, for after the browser's storage was emptied. */
export function keepTheme() {
  try {
    localStorage.setItem('theme', currentTheme())
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}
