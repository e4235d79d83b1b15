import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { notify } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { articleSource } from '../queries.ts'
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

  async function change(call: typeof publish) {
    if (!(await store.save())) return null
    const { article } = store.getSnapshot()
    if (!article) return null
    try {
      const changed = await call.mutateAsync({ id: article.id, version: article.version })
      store.accept(changed)
      queryClient.setQueryData(articleSource(trpc, changed.id).queryKey, changed)
      await refreshLists()
      return changed
    } catch (error) {
      store.fail(error)
      return null
    }
  }
  return {
    busy: publish.isPending || unpublish.isPending,
    publish: async () => {
      const published = await change(publish)
      if (!published) return
      await navigate({ to: '/articles/$slug', params: { slug: published.slug } })
      await notify({ title: 'Your article is published.' })
    },
    update: async () => {
      if (!(await store.save())) return
      await refreshLists()
      await notify({ title: 'The published article is up to date.' })
    },
    unpublish: async () => {
      if (await change(unpublish)) await notify({ title: 'The article is a draft again.' })
    },
  }
}
