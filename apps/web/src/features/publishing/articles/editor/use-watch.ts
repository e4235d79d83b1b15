import { useEffect } from 'react'
import type { DraftCalls } from './draft-state.ts'
import type { DraftStore } from './draft-store.ts'
import { listenForSaves } from './other-pages.ts'

/** Saves a draft when the page is left for another, and looks what others have saved when the person is back. */
export function useWatch(store: DraftStore, findLastSave: DraftCalls['findLastSave']) {
  useEffect(() => {
    let isLooking = false
    const look = async () => {
      const { article } = store.getSnapshot()
      if (!article || isLooking) return
      isLooking = true
      const last = await findLastSave(article.id).catch(() => null)
      isLooking = false
      if (last) await store.hear(last.version)
    }
    const saveOrLook = () => {
      if (!document.hidden) void look()
      else if (store.isDirty()) {
        store.keep()
        if (store.savesItself()) void store.save()
      }
    }
    const stopListening = listenForSaves(store)
    document.addEventListener('visibilitychange', saveOrLook)
    window.addEventListener('focus', saveOrLook)
    window.addEventListener('online', store.reconnect)
    return () => {
      stopListening()
      document.removeEventListener('visibilitychange', saveOrLook)
      window.removeEventListener('focus', saveOrLook)
      window.removeEventListener('online', store.reconnect)
      store.stop()
    }
  }, [store, findLastSave])
}
