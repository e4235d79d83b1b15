import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { button, field } from '../../../../test/fields.ts'
import { article, comment } from '../../../../test/publishing/examples.ts'
import { show } from '../../../../test/render.tsx'
import { commentsOf } from './queries.ts'
import { NewComment } from './write-comment.tsx'

const lena = { username: 'lena-brandt', displayName: 'Lena Brandt', avatarUrl: null }
const leo = { username: 'leo', displayName: 'Leo', avatarUrl: null }

async function showForm() {
  const calls = serve({
    'search.suggest': () => ({ people: [leo, lena], tags: [], articles: [] }),
    'comments.create': () => comment,
  })
  const shown = await show(<NewComment article={article} place={{}} />, { user: mira })
  const list = commentsOf(shown.trpc, article.id, {}).queryKey
  const items = [{ ...comment, author: lena }]
  shown.queryClient.setQueryData(list, { items, page: { nextCursor: null } })
  return { ...shown, calls, text: field('Add a comment') }
}

test('by keyboard: people of the thread first, arrows walk, Enter takes one, and the form sends it', async () => {
  const { user, text, calls } = await showForm()
  await user.type(text, 'Ask @le')
  const options = () => screen.queryAllByRole('option').map((option) => option.textContent)
  await waitFor(() => expect(options()).toEqual(['Lena Brandt@lena-brandt', 'Leo@leo']))
  expect(text).toHaveAttribute('aria-activedescendant', screen.getAllByRole('option')[0]?.id)
  expect(screen.getByText(/^2 people to mention/)).toBeInTheDocument()
  await user.keyboard('{ArrowDown}')
  expect(screen.getByRole('option', { name: /Leo/ })).toHaveAttribute('aria-selected', 'true')
  await user.keyboard('{ArrowUp}{Enter}')
  expect(text).toHaveValue('Ask @lena-brandt ')
  expect(options()).toEqual([])
  expect(text).not.toHaveAttribute('aria-activedescendant')
  await user.type(text, 'first.')
  await user.click(button('Publish comment'))
  await waitFor(() =>
    expect(calls.at(-1)).toEqual({
      path: 'comments.create',
      input: { articleId: article.id, body: 'Ask @lena-brandt first.' },
    }),
  )
})

test('Escape closes the list, and Enter is a new line then', async () => {
  const { user, text } = await showForm()
  await user.type(text, '@le')
  expect(await screen.findAllByRole('option')).not.toEqual([])
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('option')).toBeNull()
  await user.keyboard('{Enter}')
  expect(text).toHaveValue('@le\n')
})

test('by pointer: the text field keeps the focus', async () => {
  const { user, text } = await showForm()
  await user.type(text, '@')
  await user.click(await screen.findByRole('option', { name: /Lena/ }))
  expect(text).toHaveValue('@lena-brandt ')
  expect(text).toHaveFocus()
})
