import type { ArticleSource } from '@galley/contract/publishing/articles'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTRPC, useTRPCClient } from '../../../../lib/trpc.ts'
import { articleSource } from '../queries.ts'
import { DraftStore } from './draft-store.ts'

/** One article in the editor. `onCreated` runs once, when a new one has got its id. */
export function useDraft(source: ArticleSource | null, onCreated: (id: string) => void) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const [store] = useState(() => {
    const remember = (saved: ArticleSource) => {
      queryClient.setQueryData(articleSource(trpc, saved.id).queryKey, saved)
      queryClient.removeQueries(trpc.articles.bySlug.queryFilter({ slug: saved.slug }))
      void queryClient.invalidateQueries(trpc.articles.mine.queryFilter())
      return saved
    }
    return new DraftStore(source, {
      create: async (input) => {
        const created = remember(await client.articles.create.mutate(input))
        onCreated(created.id)
        return created
      },
      update: async (input) => remember(await client.articles.update.mutate(input)),
      load: async (id) => remember(await client.articles.source.query({ id })),
    })
  })
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
  useEffect(() => {
    const saveWhenHidden = () => {
      if (document.hidden && store.savesItself() && store.isDirty()) void store.save()
    }
    document.addEventListener('visibilitychange', saveWhenHidden)
    return () => {
      document.removeEventListener('visibilitychange', saveWhenHidden)
      store.stop()
    }
  }, [store])
  return { store, state }
}
