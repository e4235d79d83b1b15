import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { serve } from '../../../../test/api.ts'
import { article } from '../../../../test/publishing/examples.ts'
import { show } from '../../../../test/render.tsx'
import { SearchBox } from './search-box.tsx'

const { id, slug, title } = article

/** The search of the masthead, which stays when the page below it changes. */
async function takeOne() {
  serve({ 'search.suggest': () => ({ articles: [{ id, slug, title }], tags: [], people: [] }) })
  const { user, router } = await show(<SearchBox />)
  const goTo = vi.spyOn(router, 'navigate').mockResolvedValue()
  await user.click(screen.getByRole('searchbox'))
  const box = await screen.findByRole('combobox')
  await user.type(box, 'hedge')
  await screen.findByRole('option')
  await user.keyboard('{ArrowDown}{Enter}')
  expect(goTo).toHaveBeenLastCalledWith(expect.objectContaining({ params: { slug } }))
  return { user, box, goTo }
}

test('after a suggestion is taken, the empty search suggests nothing', async () => {
  const { user, box } = await takeOne()
  expect(box).toHaveValue('')
  await user.tab()
  await user.click(box)
  expect(screen.queryByRole('option')).toBeNull()
  expect(box).toHaveAttribute('aria-expanded', 'false')
})

test('a suggestion that was taken is not chosen when it is found again: Enter searches', async () => {
  const { user, box, goTo } = await takeOne()
  await user.clear(box)
  await user.type(box, 'hedges')
  expect(await screen.findByRole('option')).toHaveAttribute('aria-selected', 'false')
  await user.keyboard('{Enter}')
  expect(goTo).toHaveBeenLastCalledWith({ to: '/search', search: { q: 'hedges' } })
})
