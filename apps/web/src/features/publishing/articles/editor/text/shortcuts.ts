/** A key with what is held down: `Mod` is Cmd on Apple's systems and Ctrl elsewhere. */
export type Shortcut = `Mod-${'' | 'Shift-' | 'Alt-'}${string}`

const isApple = /Mac|iP(?:hone|ad|od)/.test(globalThis.navigator?.platform ?? '')

/** Keys by their place too: other scripts and Shift put other letters on them. */
const codes: Record<string, string> = { '.': 'Period', '/': 'Slash', Enter: 'Enter' }

type Keys = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'getModifierState'
>

export function isPressed(shortcut: Shortcut, event: Keys): boolean {
  const { key, shift, alt } = partsOf(shortcut)
  if (!(isApple ? event.metaKey : event.ctrlKey || event.metaKey)) return false
  // AltGr writes letters; some systems report it as Ctrl and Alt.
  if (event.shiftKey !== shift || event.altKey !== alt || event.getModifierState('AltGraph')) {
    return false
  }
  if (event.key.toLowerCase() === key.toLowerCase()) return true
  const isLatin = /^[a-z]$/i.test(event.key)
  return (shift || alt || !isLatin) && event.code === codeOf(key)
}

/** As it is written on the keys. */
export function shownShortcut(shortcut: Shortcut): string {
  const { key, shift, alt } = partsOf(shortcut)
  const held = isApple
    ? [alt && '⌥', shift && '⇧', '⌘'].filter(Boolean).join('')
    : ['Ctrl', shift && 'Shift', alt && 'Alt', ''].filter((part) => part !== false).join('+')
  return held + (key.length === 1 ? key.toUpperCase() : key)
}

/** As `aria-keyshortcuts` has it. */
export const ariaShortcut = (shortcut: Shortcut) =>
  shortcut.replace('Mod', isApple ? 'Meta' : 'Control').replaceAll('-', '+')

function partsOf(shortcut: Shortcut) {
  const [, held = '', key = ''] = /^Mod-(Shift-|Alt-)?(.+)$/.exec(shortcut) ?? []
  return { key, shift: held === 'Shift-', alt: held === 'Alt-' }
}

function codeOf(key: string) {
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`
  return /^\d$/.test(key) ? `Digit${key}` : codes[key]
}
