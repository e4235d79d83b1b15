import { useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'

/** For after a step of an article, or a change of its byline or address: all that shows it or counts it is asked for again. */
export function useRefreshArticles() {
  const { articles, favourites, feed, search, tags, users } = useTRPC()
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [articles, favourites, feed, search, tags, users.byUsername].map((each) =>
        queryClient.invalidateQueries(each.pathFilter()),
      ),
    )
}
