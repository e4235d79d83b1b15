import type { ArticleAuthors } from '@galley/contract/publishing/co-authors'
import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { refuse, serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { expectToast, expectWrong, field } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { draft } from '../../../../test/publishing/examples.ts'
import { AuthorSection } from './author-section.tsx'

const since = '2026-03-14T08:30:00.000Z'
const { id: articleId } = draft

const person = (username: string, state: 'accepted' | 'invited', remove: boolean) => ({
  username,
  displayName: `${username[0]?.toUpperCase()}${username.slice(1)}`,
  avatarUrl: null,
  isAuthor: username === 'mira',
  state,
  since,
  can: { remove },
})

const two: ArticleAuthors = {
  items: [person('mira', 'accepted', false), person('jonas', 'accepted', true)],
  can: { invite: true, order: true },
}
const three = { ...two, items: [...two.items, person('petra', 'invited', true)] }

const names = () =>
  screen.getAllByRole('listitem').map((item) => within(item).getByText(/^@/).textContent)

const open = (onLeft = vi.fn<() => void>()) =>
  show(<AuthorSection articleId={articleId} onLeft={onLeft} />, { user: mira })

test('an invitation is sent by username, and a refusal keeps what was typed', async () => {
  let refuses = true
  const message = 'Nobody who writes here has this username.'
  const calls = serve({
    'coAuthors.list': () => two,
    'coAuthors.invite': () =>
      refuses ? refuse('co-author/not-a-writer', [{ path: 'username', message }]) : three,
  })
  const { user } = await open()
  await user.type(await screen.findByLabelText('Invite a co-author'), 'petra{Enter}')
  await screen.findByText(message)
  await expectWrong('Invite a co-author', message)
  expect(field('Invite a co-author')).toHaveValue('petra')
  refuses = false
  await user.type(field('Invite a co-author'), '{Enter}')
  await expectToast('The invitation is on its way.')
  expect(names()).toEqual(['@mira', '@jonas', '@petra'])
  expect(calls.at(-1)).toEqual({
    path: 'coAuthors.invite',
    input: { articleId, username: 'petra' },
  })
})

test('the order of the byline is changed step by step; at the ends there is no further', async () => {
  const swapped = { ...two, items: two.items.toReversed() }
  const calls = serve({ 'coAuthors.list': () => two, 'coAuthors.order': () => swapped })
  const { user } = await open()
  const up = await screen.findByRole('button', { name: 'Move Mira up' })
  expect(up).toHaveAttribute('aria-disabled', 'true')
  await user.click(up)
  await user.click(screen.getByRole('button', { name: 'Move Jonas up' }))
  await expect.poll(names).toEqual(['@jonas', '@mira'])
  expect(calls.filter(({ path }) => path === 'coAuthors.order')).toEqual([
    { path: 'coAuthors.order', input: { articleId, usernames: ['jonas', 'mira'] } },
  ])
})

test('where somebody stands now is said, and a second step waits for the first', async () => {
  const first = Promise.withResolvers<ArticleAuthors>()
  const calls = serve({ 'coAuthors.list': () => three, 'coAuthors.order': () => first.promise })
  const { user } = await open()
  await user.click(await screen.findByRole('button', { name: 'Move Petra up' }))
  await user.click(screen.getByRole('button', { name: 'Move Mira down' }))
  const [mira, jonas, petra] = three.items
  const items = [mira, petra, jonas].flatMap((person) => person ?? [])
  first.resolve({ ...three, items })
  expect(await screen.findByText('Petra is now number 2 of 3.')).toHaveAttribute('role', 'status')
  expect(names()).toEqual(['@mira', '@petra', '@jonas'])
  expect(calls.filter(({ path }) => path === 'coAuthors.order')).toHaveLength(1)
})

test('who leaves goes from the page; who may not manage has nothing else to press', async () => {
  const own = {
    items: [person('jonas', 'accepted', false), person('mira', 'accepted', true)],
    can: { invite: false, order: false },
  }
  serve({
    'coAuthors.list': () => own,
    'coAuthors.remove': (input) => input,
  })
  const onLeft = vi.fn<() => void>()
  const { user } = await open(onLeft)
  await user.click(await screen.findByRole('button', { name: /^Leave/ }))
  expect(screen.queryByLabelText('Invite a co-author')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Leave' }))
  await expect.poll(() => onLeft).toHaveBeenCalledOnce()
})
