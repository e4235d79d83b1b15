import { useEffect, useMemo } from 'react'
import { useLive } from '../../../../lib/live.ts'
import type { DraftCalls } from './draft-state.ts'
import type { DraftStore } from './draft-store.ts'
import { listenForSaves } from './other-pages.ts'

type Watch = {
  store: DraftStore
  articleId: string | undefined
  userId: string | undefined
  findLastSave: DraftCalls['findLastSave']
}

/** Brings in what others save as soon as they do, and saves a draft when its page is left for another. */
export function useWatch({ store, articleId, userId, findLastSave }: Watch) {
  const look = useMemo(() => createLook(store, findLastSave), [store, findLastSave])
  useLive(articleId === undefined ? [] : [{ editing: articleId }], ({ event, ids }) => {
    const isOwn = 'userId' in ids && ids['userId'] === userId
    if (event === 'reload' || (event === 'article.saved' && !isOwn)) void look()
  })
  useEffect(() => {
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
  }, [store, look])
}

/** Asks whether somebody has saved a newer version; once more afterwards where it is called meanwhile. */
function createLook(store: DraftStore, findLastSave: DraftCalls['findLastSave']) {
  let looking: Promise<void> | undefined
  let isWanted = false
  const look = async () => {
    do {
      isWanted = false
      const { article } = store.getSnapshot()
      const last = article && (await findLastSave(article.id).catch(() => null))
      if (last) await store.hear(last.version)
    } while (isWanted)
    looking = undefined
  }
  return () => {
    isWanted = true
    return (looking ??= look())
  }
}
