import type { ArticleView } from '@galley/contract/publishing/articles'
import { Button } from '@galley/ui/button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { type Favourite, showFavourite } from './show-favourite.ts'

type FavouriteToggleProps = { article: ArticleView; children: ReactNode }

/** Adds the article to the person's favourites, or takes it out. */
export function FavouriteToggle({ article, children }: FavouriteToggleProps) {
  const { toggle, busy } = useFavourite(article)
  return (
    <Button
      variant="line"
      size="small"
      aria-pressed={article.favourited}
      busy={busy}
      onClick={toggle}
      className="noscript:hidden"
    >
      {children}
    </Button>
  )
}

/** Adds an article to the caller's favourites or takes it out: shown at once, taken back when refused. */
export function useFavourite({ id, favourited, favouriteCount }: ArticleView) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const show = (favourite: Favourite) => showFavourite({ queryClient, trpc }, id, favourite)
  const options = {
    onMutate: (): Favourite => {
      show({ favourited: !favourited, favouriteCount: favouriteCount + (favourited ? -1 : 1) })
      return { favourited, favouriteCount }
    },
    onSuccess: (favourite: Favourite) => {
      show(favourite)
      void queryClient.invalidateQueries(trpc.favourites.list.queryFilter())
    },
    // By then the button has been rendered with what was to be: what was before comes with the call.
    onError: (error: unknown, _: unknown, before: Favourite | undefined) => {
      if (before) show(before)
      notifyFailure('The article was not changed.')(error)
    },
  }
  const add = useMutation(trpc.favourites.create.mutationOptions(options))
  const remove = useMutation(trpc.favourites.delete.mutationOptions(options))
  const change = favourited ? remove : add
  return {
    toggle: () => change.mutate({ articleId: id }),
    busy: add.isPending || remove.isPending,
  }
}
