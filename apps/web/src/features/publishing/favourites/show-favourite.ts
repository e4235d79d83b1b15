import type { Page } from '@galley/contract/primitives'
import type { ArticlesAround, ArticleSummary } from '@galley/contract/publishing/articles'
import type { RouterContext } from '../../../lib/router-context.ts'

export type Favourite = Pick<ArticleSummary, 'favourited' | 'favouriteCount'>

/** Shows it wherever the article stands: on its page, in lists, among what was found and beside other articles. */
export function showFavourite(
  { queryClient, trpc }: Pick<RouterContext, 'queryClient' | 'trpc'>,
  id: string,
  { favourited, favouriteCount }: Favourite,
) {
  const patch = <Item extends ArticleSummary>(item: Item): Item =>
    item.id === id ? { ...item, favourited, favouriteCount } : item
  const patchPage = (page: Page<ArticleSummary> | undefined) =>
    page && { ...page, items: page.items.map(patch) }
  const { articles, favourites, feed, search } = trpc
  for (const list of [articles.list, favourites.list, feed.list, search.articles]) {
    queryClient.setQueriesData(list.queryFilter(), patchPage)
  }
  queryClient.setQueriesData(
    articles.bySlug.queryFilter(),
    (view: ArticleSummary | undefined) => view && patch(view),
  )
  queryClient.setQueriesData(
    articles.around.queryFilter(),
    (around: ArticlesAround | undefined) =>
      around && {
        previous: around.previous && patch(around.previous),
        next: around.next && patch(around.next),
        related: around.related.map(patch),
      },
  )
}
