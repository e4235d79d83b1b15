import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { notify } from '../../../../lib/notify.ts'
import { useTRPC } from '../../../../lib/trpc.ts'
import { articleSource } from '../queries.ts'
import { missingToPublish } from './content.ts'
import type { DraftStore } from './draft-store.ts'

/** Puts the article before its readers, brings it up to date there, takes it away again. */
export function usePublishing(store: DraftStore) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const publish = useMutation(trpc.articles.publish.mutationOptions())
  const unpublish = useMutation(trpc.articles.unpublish.mutationOptions())

  /** Lists that readers see may now be wrong. */
  const refreshLists = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.articles.pathFilter()),
      queryClient.invalidateQueries(trpc.tags.pathFilter()),
      queryClient.invalidateQueries(trpc.feed.pathFilter()),
    ])

  async function change(call: typeof publish, refusal: string) {
    if (!(await store.save())) return refuseUnsaved(store, refusal)
    const { article } = store.getSnapshot()
    if (!article) return null
    try {
      const changed = await call.mutateAsync({ id: article.id, version: article.version })
      store.accept(changed)
      queryClient.setQueryData(articleSource(trpc, changed.id).queryKey, changed)
      await refreshLists()
      return changed
    } catch (error) {
      store.refuse(refusal, error)
      return null
    }
  }
  return {
    busy: publish.isPending || unpublish.isPending,
    publish: async () => {
      const missing = missingToPublish(store.getSnapshot().content)
      if (Object.keys(missing).length > 0) {
        await store.save()
        store.refuseFields(notPublished, missing)
        return
      }
      const published = await change(publish, notPublished)
      if (!published) return
      await navigate({ to: '/articles/$slug', params: { slug: published.slug } })
      await notify({ title: 'Your article is published.' })
    },
    update: async () => {
      if (!(await store.save())) {
        refuseUnsaved(store, 'The published article was not updated.')
        return
      }
      await refreshLists()
      await notify({ title: 'The published article is up to date.' })
    },
    unpublish: async () => {
      const changed = await change(unpublish, 'The article is still published.')
      if (changed) await notify({ title: 'The article is a draft again.' })
    },
  }
}

const notPublished = 'The article was not published.'

/** A failed save and a conflict say so themselves; a field that is not valid is only marked. */
function refuseUnsaved(store: DraftStore, refusal: string): null {
  const { phase, errors } = store.getSnapshot()
  if (phase === 'idle') store.refuseFields(refusal, errors)
  return null
}
