import {
  type ComponentProps,
  type ComponentType,
  type RefObject,
  useCallback,
  useEffect,
  useState,
} from 'react'
import type { RichText } from '../rich/rich-text.tsx'
import type { TextEditor } from './text-editor.ts'

type RichTextProps = ComponentProps<typeof RichText>

type Loaded = {
  Field: ComponentType<RichTextProps>
  /** What the field takes over from the plain one. */
  state: Pick<RichTextProps, 'selection' | 'hasFocus' | 'onFailure'>
}

/**
 * The field that takes the place of the plain one when it is loaded, with the caret and the focus that this has then; null
 * until then, where it cannot be loaded, and while it is not wanted.
 */
export function useRichText(text: RefObject<TextEditor | null>, isWanted: boolean): Loaded | null {
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const fail = useCallback(() => setLoaded(null), [])
  useEffect(() => {
    if (!isWanted) return
    const stop = new AbortController()
    const composition = compositionOf(stop.signal)
    const load = async () => {
      const { RichText: Field } = await import('../rich/rich-text.tsx')
      await composition.end()
      if (stop.signal.aborted) return
      const selection = text.current?.selection()
      const hasFocus = text.current?.hasFocus() ?? false
      setLoaded({ Field, state: { selection, hasFocus, onFailure: fail } })
    }
    // Without it the plain field stays.
    load().catch(() => {})
    return () => {
      stop.abort()
      setLoaded(null)
    }
  }, [text, isWanted, fail])
  return isWanted ? loaded : null
}

/** A word that an input method puts together would be lost with its field. */
function compositionOf(signal: AbortSignal) {
  let current = Promise.withResolvers<void>()
  current.resolve()
  const begin = () => {
    current = Promise.withResolvers()
  }
  document.addEventListener('compositionstart', begin, { signal })
  document.addEventListener('compositionend', () => current.resolve(), { signal })
  return { end: () => current.promise }
}
