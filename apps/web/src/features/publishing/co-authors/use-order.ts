import type { ArticleAuthor, ArticleAuthors } from '@galley/contract/publishing/co-authors'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { authorsOf, useTakeOver } from './queries.ts'

/** Changes the order of a byline, one step at a time: each sends all of it. `said` is the last step, for screen readers. */
export function useOrder(articleId: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const takeOver = useTakeOver(articleId)
  const [said, setSaid] = useState('')
  const order = useMutation(
    trpc.coAuthors.order.mutationOptions({
      onSuccess: takeOver,
      onError: (error) => {
        notifyFailure('The order stayed as it was.')(error)
        void queryClient.invalidateQueries(authorsOf(trpc, articleId))
      },
    }),
  )
  const move = (
    { username, displayName }: ArticleAuthor,
    { items }: ArticleAuthors,
    to: number,
  ) => {
    const others = items.map((each) => each.username).filter((each) => each !== username)
    order.mutate(
      { articleId, usernames: others.toSpliced(to, 0, username) },
      {
        onSuccess: () => setSaid(`${displayName} is now number ${to + 1} of ${items.length}.`),
      },
    )
  }
  return { move, busy: order.isPending, said }
}

export type Order = ReturnType<typeof useOrder>
