import { useEffect, useEffectEvent } from 'react'
import { isPressed, type Shortcut } from './text/shortcuts.ts'

/** What keys do wherever the focus is on the page. */
export function usePageShortcuts(actions: Partial<Record<Shortcut, () => void>>) {
  const press = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.isComposing || event.defaultPrevented) return
    for (const [shortcut, action] of Object.entries(actions)) {
      if (!action || !isPressed(shortcut as Shortcut, event)) continue // the keys are shortcuts
      event.preventDefault()
      action()
    }
  })
  useEffect(() => {
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
