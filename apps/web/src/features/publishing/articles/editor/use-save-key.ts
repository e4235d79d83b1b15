import { useEffect } from 'react'
import type { DraftStore } from './draft-store.ts'

/** Ctrl+S or Cmd+S saves a draft at once, and never opens the browser's own dialog. */
export function useSaveKey(store: DraftStore) {
  useEffect(() => {
    const save = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
      event.preventDefault()
      if (store.savesItself()) void store.save()
    }
    window.addEventListener('keydown', save)
    return () => window.removeEventListener('keydown', save)
  }, [store])
}
