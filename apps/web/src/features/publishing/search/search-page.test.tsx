import type { SearchPage as Found } from '@galley/contract/publishing/search'
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { article } from '../../../../test/publishing/examples.ts'
import { show } from '../../../../test/render.tsx'
import { SearchPage } from './search-page.tsx'
import type { SearchParams } from './search-params.ts'

const nothing: Found = {
  items: [],
  page: { nextCursor: null, total: 0 },
  didYouMean: null,
  partial: false,
}
const one = { ...article, excerpt: 'Of trees.', highlights: [] }

function open(search: SearchParams, found: Partial<Found>, user: typeof mira | null = null) {
  const calls = serve({ 'search.articles': () => ({ ...nothing, ...found }) })
  return show(<SearchPage search={search} />, { user }).then(() => calls)
}

test('the next page is of the same search', async () => {
  const search = { q: 'trees', tag: 'wood', sort: 'newest', status: 'draft', cursor: 'first' }
  await open(search, { items: [one], page: { nextCursor: 'second' } })
  const link = await screen.findByRole('link', { name: 'More results' })
  const { searchParams } = new URL(link.getAttribute('href') ?? '', 'http://x')
  expect(Object.fromEntries(searchParams)).toEqual({ ...search, cursor: 'second' })
})

test('who may write looks through all states, and sees which one an article is in', async () => {
  const items = [{ ...one, status: 'in_review' as const }]
  const found = { items, page: { ...nothing.page, total: 1 } }
  const calls = await open({ q: 'trees', status: 'in_review' }, found, mira)
  expect(await screen.findByText('1 article found')).toBeInTheDocument()
  const [{ input } = { input: undefined }] = calls.filter(({ path }) => path === 'search.articles')
  expect(input).toMatchObject({ q: 'trees', status: 'in_review' })
  const tabs = within(screen.getByRole('navigation', { name: 'Which articles' }))
  const names = tabs.getAllByRole('link').map(({ textContent }) => textContent)
  expect(names).toEqual(['Published', 'Drafts', 'In review', 'Scheduled', 'Archived'])
  expect(tabs.getByRole('link', { current: 'page' })).toHaveTextContent('In review')
  expect(within(screen.getByRole('list', { name: 'Results' })).getByText('In review')).toBeVisible()
})

test('published articles have no badge, and others only read them', async () => {
  await open({ q: 'trees' }, { items: [{ ...one, status: 'published' }] })
  await screen.findByRole('list', { name: 'Results' })
  expect(screen.queryByText('Published')).toBeNull()
})

test('what was looked for among some alone is not said to be nowhere', async () => {
  await open({ q: '"small trees"' }, { partial: true })
  expect(await screen.findByText('Nothing found among the newest')).toBeInTheDocument()
})
