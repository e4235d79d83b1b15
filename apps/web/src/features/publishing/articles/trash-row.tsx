import type { TrashedArticle } from '@galley/contract/publishing/articles'
import { ConfirmDialog } from '@galley/ui/alert-dialog'
import { Button } from '@galley/ui/button'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Day } from '../../platform/layout/time.tsx'
import { useRefreshArticles } from './use-refresh-articles.ts'

type TrashRowProps = {
  article: TrashedArticle
  /** Whether to say whose it is. */
  ofOthers?: boolean
}

/** A deleted article, to be taken back or deleted for good. */
export function TrashRow({ article, ofOthers = false }: TrashRowProps) {
  const { id, title, words, author, deletedAt, until } = article
  const [purging, setPurging] = useState(false)
  const trpc = useTRPC()
  const refresh = useRefreshArticles()
  const restore = useMutation(
    trpc.articles.restore.mutationOptions({
      onSuccess: async () => {
        await refresh()
        void notify({ title: 'The article is a draft again.' })
      },
      onError: notifyFailure('The article was not restored.'),
    }),
  )
  const purge = useMutation(
    trpc.articles.purge.mutationOptions({
      onSuccess: async () => {
        setPurging(false)
        await refresh()
        void notify({ title: 'The article is deleted for good.' })
      },
      onError: notifyFailure('The article was not deleted.'),
    }),
  )
  const name = title || 'Untitled'
  return (
    <li className="flex flex-col gap-4 border-b border-rule py-6 sm:flex-row sm:items-center">
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <h2 dir="auto" className="headline text-xl">
          {name}
        </h2>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-soft">
          {ofOthers && <bdi className="font-medium text-ink">{author.displayName}</bdi>}
          <span>
            Deleted <Day timestamp={deletedAt} />
          </span>
          <span>
            Kept until <Day timestamp={until} />
          </span>
          <span className="tabular-nums">
            {words} {words === 1 ? 'word' : 'words'}
          </span>
        </p>
      </div>
      <div className="flex gap-2">
        <Button
          variant="line"
          size="small"
          busy={restore.isPending}
          onClick={() => restore.mutate({ id })}
        >
          Restore
          <span className="sr-only">
            {' '}
            <bdi>{name}</bdi>
          </span>
        </Button>
        <Button variant="quiet" size="small" onClick={() => setPurging(true)}>
          Delete for good
          <span className="sr-only">
            {' '}
            <bdi>{name}</bdi>
          </span>
        </Button>
      </div>
      {purging && (
        <ConfirmDialog
          title={`Delete “${name}” for good?`}
          description="Its comments and favourites are deleted too. This cannot be undone."
          cancel="Keep it"
          confirm="Delete for good"
          busy={purge.isPending}
          onCancel={() => setPurging(false)}
          onConfirm={() => purge.mutate({ id })}
        />
      )}
    </li>
  )
}
