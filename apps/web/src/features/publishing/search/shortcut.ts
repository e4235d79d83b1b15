const key = 'galley-search-shortcut'

/** Whether `/` goes to the search in this browser: a key by itself can be turned off, for those who speak to their device. */
export function isShortcutOn(): boolean {
  try {
    return localStorage.getItem(key) !== 'off'
  } catch {
    return true
  }
}

export function turnShortcut(on: boolean) {
  try {
    localStorage.setItem(key, on ? 'on' : 'off')
  } catch {
    // Where storage is off there is no choice to keep.
  }
}
