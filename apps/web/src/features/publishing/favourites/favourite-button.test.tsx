import { useSuspenseQuery } from '@tanstack/react-query'
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { refuse, serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { expectToast } from '../../../../test/fields.ts'
import { article, comment } from '../../../../test/publishing/examples.ts'
import { show } from '../../../../test/render.tsx'
import { useTRPC } from '../../../lib/trpc.ts'
import { articleBySlug } from '../articles/queries.ts'
import { FavouriteButton } from './favourite-button.tsx'

/** As the page of the article has it: what is in the cache, as it is by now. */
function Shown() {
  const { data } = useSuspenseQuery(articleBySlug(useTRPC(), article.slug))
  return <FavouriteButton article={data} />
}

const showButton = () => show(<Shown />, { user: mira })

const named = (count: number) => new RegExp(`^Favourite ?${count}$`)
const pressed = (count: number) =>
  screen.findByRole('button', { name: named(count), pressed: true })
const released = (count: number) =>
  screen.findByRole('button', { name: named(count), pressed: false })

test('a favourite is shown at once, and taken back when it is refused', async () => {
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof refuse>>()
  serve({ 'articles.bySlug': () => article, 'favourites.create': () => promise })
  const { user } = await showButton()
  await user.click(await released(0))
  await pressed(1)
  resolve(refuse('request/rate-limited'))
  await expectToast('The article was not changed.')
  expect(await released(0)).toBeInTheDocument()
})

test('what the server counted is shown wherever the article stands', async () => {
  const shown = { favourited: true, favouriteCount: 4 }
  const counted = { articleId: article.id, ...shown }
  serve({ 'articles.bySlug': () => article, 'favourites.create': () => counted })
  const { user, queryClient, trpc } = await showButton()
  const page = { items: [article], page: { nextCursor: null } }
  const newest = trpc.articles.list.queryKey({ limit: 9 })
  const found = trpc.search.articles.queryKey({ q: 'hedge' })
  const around = trpc.articles.around.queryKey({ id: comment.id })
  queryClient.setQueryData(newest, page)
  queryClient.setQueryData(found, {
    ...page,
    items: [{ ...article, excerpt: '', highlights: [] }],
    didYouMean: null,
    partial: false,
  })
  queryClient.setQueryData(around, { previous: article, next: null, related: [article] })
  await user.click(await released(0))
  await pressed(4)
  expect(queryClient.getQueryData(newest)?.items).toMatchObject([shown])
  expect(queryClient.getQueryData(found)?.items).toMatchObject([shown])
  expect(queryClient.getQueryData(around)).toMatchObject({ previous: shown, related: [shown] })
})
