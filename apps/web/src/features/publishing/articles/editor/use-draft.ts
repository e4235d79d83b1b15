import { type ArticleSource, SaveReason } from '@galley/contract/publishing/articles'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTRPC, useTRPCClient } from '../../../../lib/trpc.ts'
import { useCurrentUser } from '../../../platform/sessions/current-user.ts'
import { articleSource } from '../queries.ts'
import { DraftStore } from './draft-store.ts'
import { LocalDraft } from './local-draft.ts'
import { tellOtherPages } from './other-pages.ts'
import { useWatch } from './use-watch.ts'

/** One article in the editor. `onCreated` runs once, when a new one has got its id. */
export function useDraft(source: ArticleSource | null, onCreated: (id: string) => void) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const user = useCurrentUser()
  const [device] = useState(
    () =>
      new LocalDraft(user?.id ?? '', {
        storage: window.localStorage,
        locks: 'locks' in navigator ? navigator.locks : undefined,
      }),
  )
  const [findLastSave] = useState(() => async (articleId: string) => {
    const { items } = await client.revisions.list.query({ articleId, limit: 1 })
    const [last] = items
    if (!last) return null
    const { version, author } = last
    return { version, by: author.username === user?.username ? null : author.displayName }
  })
  const [reason, setReason] = useState('')
  const [nextReason] = useState(createReason)
  const giveReason = (words: string) => {
    nextReason.set(words)
    setReason(words)
  }
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
      update: async (input) => {
        const words = nextReason.get()
        const given = SaveReason.safeParse(words)
        const why = given.success && given.data !== '' ? { reason: given.data } : {}
        const saved = remember(await client.articles.update.mutate({ ...input, ...why }))
        if (nextReason.get() === words) giveReason('')
        tellOtherPages(saved)
        return saved
      },
      load: async (id) => remember(await client.articles.source.query({ id })),
      findLastSave,
      keep: (articleId, draft) => device.keep(articleId, draft),
      forget: (articleId) => device.forget(articleId),
    })
  })
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
  useEffect(() => {
    const recover = async () => {
      const left = await device.findLeft(store.getSnapshot().article?.id ?? null)
      // The others wait for the next time.
      const newest = left.at(-1)
      if (!newest || store.isDirty()) return
      store.recover(newest.draft)
      newest.drop()
    }
    void recover()
    return () => device.close()
  }, [device, store])
  useWatch({ store, articleId: state.article?.id, userId: user?.id, findLastSave })
  return { store, state, reason, giveReason }
}

/** What the next save will say, also to a call that was made when it was another. */
function createReason() {
  let words = ''
  return { get: () => words, set: (next: string) => void (words = next) }
}
