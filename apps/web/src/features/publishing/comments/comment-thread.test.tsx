import type { CommentThread as Thread } from '@galley/contract/publishing/comments'
import { useSuspenseQuery } from '@tanstack/react-query'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { type Handlers, refuse, serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { button, expectToast, field } from '../../../../test/fields.ts'
import { article, comment } from '../../../../test/publishing/examples.ts'
import { show } from '../../../../test/render.tsx'
import { useTRPC } from '../../../lib/trpc.ts'
import { CommentThread } from './comment-thread.tsx'
import { commentsOf } from './queries.ts'

const id = (n: number) => `01900000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`
const lena = { username: 'lena', displayName: 'Lena', avatarUrl: null }
const { replies: _, ...plain } = comment
const reply = (n: number) => ({
  ...plain,
  id: id(n),
  parentId: comment.id,
  author: lena,
  bodyHtml: `<p>Reply ${n}</p>`,
})

function Threads() {
  const { data } = useSuspenseQuery(commentsOf(useTRPC(), article.id, {}))
  return data.items.map((thread) => (
    <CommentThread key={thread.id} thread={thread} article={article} target="" />
  ))
}

async function showThread(thread: Thread, handlers: Handlers = {}) {
  const page = { items: [thread], page: { nextCursor: null } }
  const calls = serve({ 'comments.list': () => page, ...handlers })
  const shown = await show(<Threads />, { user: mira })
  await screen.findAllByRole('group')
  return { ...shown, calls }
}

const withReplies = (numbers: number[], replyCount: number, nextCursor: string | null): Thread => ({
  ...comment,
  replyCount,
  replies: { items: numbers.map(reply), page: { nextCursor } },
})

const shownReplies = () =>
  within(screen.getByRole('list'))
    .getAllByText(/^Reply \d/)
    .map((one) => one.textContent)

test('further replies come below those that are there, and the focus goes on with them', async () => {
  const { user, calls } = await showThread(withReplies([1, 2, 3], 5, 'next'), {
    'comments.replies': () => ({ items: [reply(4), reply(5)], page: { nextCursor: null } }),
  })
  await user.click(screen.getByRole('link', { name: 'Show 2 more replies' }))
  await waitFor(() => expect(shownReplies()).toHaveLength(5))
  expect(calls.at(-1)?.input).toEqual({ id: comment.id, cursor: 'next', limit: 100 })
  expect(screen.queryByRole('link', { name: /more repl/ })).toBeNull()
  await waitFor(() => expect(document.activeElement?.id).toBe(`comment-${id(4)}`))
})

test('a reply stands at the end of its thread at once, also where others were not shown', async () => {
  const answer = { ...reply(6), answers: { id: id(1), author: lena } }
  const { user, calls } = await showThread(withReplies([1, 2, 3], 4, 'next'), {
    'comments.create': () => answer,
    'comments.replies': () => ({ items: [reply(4), answer], page: { nextCursor: null } }),
  })
  const [first] = screen.getAllByRole('button', { name: 'Reply to the reply by Lena' })
  if (first) await user.click(first)
  await user.type(await screen.findByLabelText('Your reply to Lena'), 'So it is.')
  await user.click(button('Publish reply'))
  await expectToast('Your reply is published.')
  expect(calls.find(({ path }) => path === 'comments.create')?.input).toEqual({
    articleId: article.id,
    parentId: id(1),
    body: 'So it is.',
  })
  expect(shownReplies()).toEqual(['Reply 1', 'Reply 2', 'Reply 3', 'Reply 4', 'Reply 6'])
  expect(screen.getByRole('link', { name: 'in reply to Lena' })).toBeVisible()
  expect(screen.queryByLabelText('Your reply to Lena')).toBeNull()
})

test('refused because the comments were closed meanwhile, what was written stays', async () => {
  const { user } = await showThread(comment, {
    'comments.create': () => refuse('article/comments-closed'),
  })
  await user.click(screen.getByRole('button', { name: /^Reply to the comment/ }))
  const text = await screen.findByLabelText(`Your reply to ${mira.displayName}`)
  await user.type(text, 'So it is.')
  await user.click(button('Publish reply'))
  expect(await screen.findByRole('alert')).toHaveTextContent('takes no more comments')
  expect(text).toHaveValue('So it is.')
})

test('an edit that comes too late is refused, and what was written stays', async () => {
  const { user } = await showThread(comment, {
    'comments.update': () => refuse('comment/edit-window-over'),
  })
  await user.click(screen.getByRole('button', { name: 'Edit your comment' }))
  await user.type(await screen.findByLabelText('Your comment'), ' Always.')
  await user.click(button('Save'))
  expect(await screen.findByRole('alert')).toHaveTextContent('for 15 minutes')
  expect(field('Your comment')).toHaveValue('So it does. Always.')
})

test('deleted with replies it keeps its place, without its text; the last reply takes it along', async () => {
  const { user } = await showThread(withReplies([1], 1, null), {
    'comments.delete': (input) => ({ id: input.id }),
  })
  const remove = async (name: RegExp) => {
    await user.click(screen.getByRole('button', { name }))
    await user.click(await screen.findByRole('button', { name: 'Delete' }))
  }
  await remove(/^Delete the comment/)
  expect(await screen.findByText('This comment was deleted.')).toBeVisible()
  expect(screen.queryByText('So it does.')).toBeNull()
  expect(screen.getByRole('group', { name: 'Deleted comment' })).toBeVisible()
  expect(shownReplies()).toEqual(['Reply 1'])
  await remove(/^Delete the reply/)
  await waitFor(() => expect(screen.queryByText('This comment was deleted.')).toBeNull())
})

test('the link of a comment is copied', async () => {
  const { user } = await showThread(comment)
  await user.click(screen.getByRole('button', { name: /^Copy link/ }))
  await expectToast('The link to this comment is copied.')
  expect(await navigator.clipboard.readText()).toBe(
    `http://localhost:3000/articles/${article.slug}#comment-${comment.id}`,
  )
})
