import type { ArticleSchedule } from '@galley/contract/publishing/article-steps'
import type { ArticleSource } from '@galley/contract/publishing/articles'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { notify } from '../../../../lib/notify.ts'
import { useTRPC } from '../../../../lib/trpc.ts'
import { articleSource } from '../queries.ts'
import { formatWall } from '../schedule/wall-time.ts'
import { useRefreshArticles } from '../use-refresh-articles.ts'
import { missingToPublish } from './content.ts'
import type { DraftStore } from './draft-store.ts'

type AtVersion = Pick<ArticleSource, 'id' | 'version'>
type Time = Pick<ArticleSchedule, 'at' | 'zone'>

/** The steps that an article takes: to its readers and away from them, to editors and back. */
export function usePublishing(store: DraftStore) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const refreshArticles = useRefreshArticles()
  const { articles } = trpc
  const publish = useMutation(articles.publish.mutationOptions())
  const unpublish = useMutation(articles.unpublish.mutationOptions())
  const schedule = useMutation(articles.schedule.mutationOptions())
  const unschedule = useMutation(articles.unschedule.mutationOptions())
  const archive = useMutation(articles.archive.mutationOptions())
  const unarchive = useMutation(articles.unarchive.mutationOptions())
  const requestReview = useMutation(articles.requestReview.mutationOptions())
  const withdrawReview = useMutation(articles.withdrawReview.mutationOptions())
  const approve = useMutation(articles.approve.mutationOptions())
  const sendBack = useMutation(articles.sendBack.mutationOptions())

  /** Lists that readers see may now be wrong. */
  const refreshLists = () =>
    Promise.all([refreshArticles(), queryClient.invalidateQueries(trpc.reviewNotes.pathFilter())])

  /** Saves what is typed first, so that the step is taken with all of it. */
  async function take(step: (at: AtVersion) => Promise<ArticleSource>, refusal: string) {
    if (!(await store.save())) return refuseUnsaved(store, refusal)
    const { article } = store.getSnapshot()
    if (!article) return null
    try {
      const changed = await step({ id: article.id, version: article.version })
      store.accept(changed)
      queryClient.setQueryData(articleSource(trpc, changed.id).queryKey, changed)
      await refreshLists()
      return changed
    } catch (error) {
      store.refuse(refusal, error)
      return null
    }
  }

  async function takeAndSay(
    step: (at: AtVersion) => Promise<ArticleSource>,
    refusal: string,
    title: string,
  ) {
    if (await take(step, refusal)) await notify({ title })
  }

  /** The same of a step towards readers, for which the article must be complete. */
  async function takeComplete(step: (at: AtVersion) => Promise<ArticleSource>, refusal: string) {
    const missing = missingToPublish(store.getSnapshot().content)
    if (Object.keys(missing).length === 0) return take(step, refusal)
    await store.save()
    store.refuseFields(refusal, missing)
    return null
  }

  async function showOut(published: ArticleSource | null) {
    if (!published) return
    await navigate({ to: '/articles/$slug', params: { slug: published.slug } })
    await notify({ title: 'Your article is published.' })
  }

  async function sayTime(scheduled: ArticleSource | null) {
    if (!scheduled?.schedule) return
    const { at, zone } = scheduled.schedule
    await notify({ title: `The time is set: ${formatWall(new Date(at), zone)}.` })
  }

  const calls = [
    publish,
    unpublish,
    schedule,
    unschedule,
    archive,
    unarchive,
    requestReview,
    withdrawReview,
    approve,
    sendBack,
  ]
  return {
    busy: calls.some(({ isPending }) => isPending),
    publish: async () => showOut(await takeComplete(publish.mutateAsync, notPublished)),
    update: async () => {
      if (!(await store.save())) {
        refuseUnsaved(store, 'The published article was not updated.')
        return
      }
      await refreshLists()
      await notify({ title: 'The published article is up to date.' })
    },
    unpublish: () =>
      takeAndSay(
        unpublish.mutateAsync,
        'The article is still published.',
        'The article is a draft again.',
      ),
    schedule: async (action: ArticleSchedule['action'], time: Time) => {
      const step = (at: AtVersion) => schedule.mutateAsync({ ...at, action, ...time })
      const refusal = 'The time was not set.'
      await sayTime(await (action === 'publish' ? takeComplete : take)(step, refusal))
    },
    unschedule: () =>
      takeAndSay(unschedule.mutateAsync, 'The time is still set.', 'The time is taken back.'),
    archive: () =>
      takeAndSay(
        archive.mutateAsync,
        'The article was not archived.',
        'The article is archived: it stays at its address, and is in no list.',
      ),
    unarchive: () =>
      takeAndSay(
        unarchive.mutateAsync,
        'The article is still archived.',
        'The article is published again.',
      ),
    requestReview: async (note: string) => {
      const step = (at: AtVersion) => requestReview.mutateAsync({ ...at, note })
      const asked = await takeComplete(step, 'No review was asked for.')
      if (asked) await notify({ title: 'The editors are asked for a review.' })
    },
    withdrawReview: () =>
      takeAndSay(
        withdrawReview.mutateAsync,
        'The article is still in review.',
        'The article is a draft again.',
      ),
    approve: async (time?: Time) => {
      const step = (at: AtVersion) =>
        approve.mutateAsync({ ...at, ...(time && { schedule: time }) })
      const approved = await takeComplete(step, 'The article was not approved.')
      await (time ? sayTime(approved) : showOut(approved))
    },
    sendBack: (reason: string) =>
      takeAndSay(
        (at) => sendBack.mutateAsync({ ...at, reason }),
        'The article was not sent back.',
        'The article is sent back to its author.',
      ),
  }
}

export type Publishing = ReturnType<typeof usePublishing>

const notPublished = 'The article was not published.'

/** A failed save and a conflict say so themselves; a field that is not valid is only marked. */
function refuseUnsaved(store: DraftStore, refusal: string): null {
  const { phase, errors } = store.getSnapshot()
  if (phase === 'idle') store.refuseFields(refusal, errors)
  return null
}
