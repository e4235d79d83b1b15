import type { Page } from '@galley/contract/primitives'
import type { ArticleSummary, ArticleView } from '@galley/contract/publishing/articles'
import { Button } from '@galley/ui/button'
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { notifyFailure } from '../../../lib/notify.ts'
import type { RouterContext } from '../../../lib/router-context.ts'
import { useTRPC } from '../../../lib/trpc.ts'

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

type Favourite = Pick<ArticleSummary, 'favourited' | 'favouriteCount'>

/** Adds an article to the caller's favourites or takes it out: shown at once, taken back when refused. */
export function useFavourite(article: ArticleView) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const show = (favourite: Favourite) => showFavourite(queryClient, trpc, article, favourite)
  const options = {
    onSuccess: (favourite: Favourite) => {
      show(favourite)
      void queryClient.invalidateQueries(trpc.favourites.list.queryFilter())
    },
    onError: (error: unknown) => {
      show(article)
      notifyFailure('The article was not changed.')(error)
    },
  }
  const add = useMutation(trpc.favourites.create.mutationOptions(options))
  const remove = useMutation(trpc.favourites.delete.mutationOptions(options))

  function toggle() {
    const favourited = !article.favourited
    show({ favourited, favouriteCount: article.favouriteCount + (favourited ? 1 : -1) })
    const change = favourited ? add : remove
    change.mutate({ articleId: article.id })
  }
  return { toggle, busy: add.isPending || remove.isPending }
}

function showFavourite(
  queryClient: QueryClient,
  trpc: RouterContext['trpc'],
  { id, slug }: ArticleView,
  { favourited, favouriteCount }: Favourite,
) {
  const patch = <Item extends ArticleSummary>(item: Item) =>
    item.id === id ? { ...item, favourited, favouriteCount } : item
  const patchPage = (page: Page<ArticleSummary> | undefined) =>
    page && { ...page, items: page.items.map(patch) }
  queryClient.setQueryData(trpc.articles.bySlug.queryKey({ slug }), (view) => view && patch(view))
  queryClient.setQueriesData(trpc.articles.list.queryFilter(), patchPage)
  queryClient.setQueriesData(trpc.feed.list.queryFilter(), patchPage)
}
