import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { button } from '../../../../test/fields.ts'
import { article } from '../../../../test/publishing/examples.ts'
import { show } from '../../../../test/render.tsx'
import { tagPage } from '../tags/queries.ts'
import { DeleteArticle } from './delete-article.tsx'
import { articleFeed, newestArticles } from './queries.ts'

test('whatever lists a deleted article or counts it is asked for again', async () => {
  serve({ 'articles.delete': ({ id }) => ({ id }) })
  const element = <DeleteArticle article={article} onClose={() => {}} />
  const { user, queryClient, trpc } = await show(element, { user: mira })
  const kept = [
    newestArticles(trpc, undefined),
    articleFeed(trpc, undefined),
    trpc.favourites.list.queryOptions({}),
    trpc.search.articles.queryOptions({ q: 'hedge' }),
    tagPage(trpc, undefined),
    trpc.users.byUsername.queryOptions({ username: mira.username }),
  ].map(({ queryKey }) => [...queryKey])
  for (const queryKey of kept) queryClient.setQueryData(queryKey, {})
  await user.click(button('Delete'))
  await waitFor(() => expect(screen.getAllByText('The article is in the trash.')).not.toEqual([]))
  const stale = kept.filter((queryKey) => queryClient.getQueryState(queryKey)?.isInvalidated)
  expect(stale).toEqual(kept)
})
