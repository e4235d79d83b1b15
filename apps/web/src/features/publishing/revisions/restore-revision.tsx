import type { ArticleSource } from '@galley/contract/publishing/articles'
import type { RevisionSummary } from '@galley/contract/publishing/revisions'
import { ConfirmDialog } from '@galley/ui/alert-dialog'
import { Button } from '@galley/ui/button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Moment } from '../../platform/layout/time.tsx'
import { articleSource } from '../articles/queries.ts'
import { useRefreshArticles } from '../articles/use-refresh-articles.ts'

type RestoreRevisionProps = { article: ArticleSource; revision: RevisionSummary | null }

/** Asks, then gives the article this text back. */
export function RestoreRevision({ article, revision }: RestoreRevisionProps) {
  const [asking, setAsking] = useState(false)
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const refreshArticles = useRefreshArticles()
  const restore = useMutation(
    trpc.revisions.restore.mutationOptions({
      onSuccess: async (restored) => {
        queryClient.setQueryData(articleSource(trpc, restored.id).queryKey, restored)
        await Promise.all([
          queryClient.invalidateQueries(trpc.revisions.pathFilter()),
          refreshArticles(),
        ])
        await navigate({ to: '/editor/$id/history', params: { id: restored.id }, search: {} })
        await notify({ title: 'The text is restored.' })
      },
      onError: async (error) => {
        notifyFailure('The text was not restored.')(error)
        // It may have been changed meanwhile: the next try is over what it is now.
        await queryClient.invalidateQueries(articleSource(trpc, article.id))
      },
      onSettled: () => setAsking(false),
    }),
  )
  if (!revision || !article.can.edit) return null
  return (
    <>
      <Button variant="line" size="small" onClick={() => setAsking(true)}>
        Restore version {revision.version}
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Restore version ${revision.version}?`}
          description={
            <>
              The article gets the text of <Moment timestamp={revision.savedAt} /> back.{' '}
              {article.status === 'published' && 'Readers see it at once. '}
              What it has now stays in this history.
            </>
          }
          cancel="Leave it as it is"
          confirm="Restore"
          busy={restore.isPending}
          onCancel={() => setAsking(false)}
          onConfirm={() => restore.mutate({ id: revision.id, version: article.version })}
        />
      )}
    </>
  )
}
