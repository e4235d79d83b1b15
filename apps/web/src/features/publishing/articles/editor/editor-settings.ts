import { useEffect, useState } from 'react'

/** How this browser shows the editor. */
const plainKey = 'galley-editor-plain'
const modeKey = 'galley-editor-preview'

export type PreviewMode = 'write' | 'beside' | 'preview'

/** Whether the text is written in a plain textarea. */
export function usePlainText() {
  return useKept(
    plainKey,
    (kept) => kept === 'yes',
    (plain) => (plain ? 'yes' : 'no'),
  )
}

/** Where the preview stands; on a small screen beside is not there. */
export function usePreviewMode() {
  return useKept<PreviewMode>(
    modeKey,
    (kept) => (kept === 'write' ? 'write' : 'beside'),
    // Who opens an article comes to write: the preview alone is for now.
    (mode) => (mode === 'preview' ? undefined : mode),
  )
}

function useKept<Value>(
  key: string,
  parse: (kept: string | null) => Value,
  format: (value: Value) => string | undefined,
) {
  const [value, setValue] = useState(() => parse(read(key)))
  const text = format(value)
  const unset = format(parse(null))
  useEffect(() => {
    const before = read(key) ?? unset
    if (text !== undefined && text !== before) write(key, text)
  }, [key, text, unset])
  return [value, setValue] as const
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string) {
  try {
    localStorage.setItem(key, value)
  } catch {
    // Where storage is off, the choice lasts as long as the page.
  }
}
