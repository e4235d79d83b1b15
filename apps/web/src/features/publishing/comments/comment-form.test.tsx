import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { refuse, serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { article, comment } from '../../../../test/publishing/examples.ts'
import { button, expectToast, expectWrong, field } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { EditComment, NewComment, ReplyToComment } from './write-comment.tsx'
import { commentsOf } from './queries.ts'

const showNew = () => show(<NewComment article={article} place={{}} />, { user: mira })

test('a comment without visible text is refused before it is sent', async () => {
  const calls = serve({})
  const { user } = await showNew()
  await user.type(field('Add a comment'), '   ')
  await user.click(button('Publish comment'))
  await expectWrong('Add a comment', 'Must not be empty.')
  expect(field('Add a comment')).toHaveFocus()
  expect(calls).toEqual([])
})

test('a comment is published once, is in the list at once, and the form is empty', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof comment>()
  const calls = serve({ 'comments.create': () => promise })
  const { user, queryClient, trpc } = await showNew()
  const list = commentsOf(trpc, article.id, {}).queryKey
  queryClient.setQueryData(list, { items: [], page: { nextCursor: null } })
  await user.type(field('Add a comment'), 'So it does.')
  await user.dblClick(button('Publish comment'))
  resolve(comment)
  await expectToast('Your comment is published.')
  expect(calls).toEqual([
    { path: 'comments.create', input: { articleId: article.id, body: 'So it does.' } },
  ])
  expect(queryClient.getQueryData(list)?.items).toEqual([comment])
  expect(field('Add a comment')).toHaveValue('')
})

test.each([
  ['article/not-found', 'There is no such article.'],
  ['request/rate-limited', 'Too many requests.'],
] as const)('refused for %s, what was written stays', async (reason, message) => {
  serve({ 'comments.create': () => refuse(reason) })
  const { user } = await showNew()
  await user.type(field('Add a comment'), 'So it does.')
  await user.click(button('Publish comment'))
  expect(await screen.findByRole('alert')).toHaveTextContent(message)
  expect(field('Add a comment')).toHaveValue('So it does.')
})

test('half a comment is not lost to a link', async () => {
  serve({})
  const { user, router } = await showNew()
  await user.type(field('Add a comment'), 'So it')
  void router.navigate({ href: '/tags' })
  await user.click(await screen.findByRole('button', { name: 'Stay here' }))
  expect(field('Add a comment')).toHaveValue('So it')
})

test('half a reply is not lost to another page of comments, half a comment needs no asking', async () => {
  serve({})
  const forms = (
    <>
      <ReplyToComment comment={comment} article={article} onDone={() => {}} />
      <NewComment article={article} place={{}} />
    </>
  )
  const { user, router } = await show(forms, { user: mira })
  await user.type(field('Add a comment'), 'So it')
  await router.navigate({ href: '/here?comments=next' })
  await user.type(field('Your reply to Mira Okafor'), 'Does it')
  await router.navigate({ href: '/here?comments=next#comments' })
  expect(screen.queryByRole('alertdialog')).toBeNull()
  void router.navigate({ href: '/here' })
  await user.click(await screen.findByRole('button', { name: 'Stay here' }))
  expect(router.state.location.search).toEqual({ comments: 'next' })
})

test('an edited comment takes the place of the old one in the list', async () => {
  const changed = { ...comment, body: 'It does not.', editedAt: comment.createdAt }
  const calls = serve({ 'comments.update': () => changed })
  const onDone = vi.fn<() => void>()
  const shown = await show(<EditComment comment={comment} article={article} onDone={onDone} />, {
    user: mira,
  })
  const { user, queryClient, trpc } = shown
  const list = commentsOf(trpc, article.id, {}).queryKey
  queryClient.setQueryData(list, { items: [comment], page: { nextCursor: null } })
  expect(field('Your comment')).toHaveValue('So it does.')
  await user.clear(field('Your comment'))
  await user.type(field('Your comment'), 'It does not.')
  await user.click(button('Save'))
  await waitFor(() => expect(onDone).toHaveBeenCalledOnce())
  expect(calls[0]?.input).toEqual({ id: comment.id, body: 'It does not.' })
  expect(queryClient.getQueryData(list)?.items).toEqual([changed])
})

test('what is typed while a comment is on its way stays', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof comment>()
  serve({ 'comments.create': () => promise })
  const { user, router } = await showNew()
  await user.type(field('Add a comment'), 'So it does.')
  await user.click(button('Publish comment'))
  await user.type(field('Add a comment'), ' Or not.')
  resolve(comment)
  await expectToast('Your comment is published.')
  await waitFor(() => expect(button('Publish comment')).not.toHaveAttribute('aria-busy'))
  expect(field('Add a comment')).toHaveValue('So it does. Or not.')
  void router.navigate({ href: '/tags' })
  await user.click(await screen.findByRole('button', { name: 'Stay here' }))
})

test('a comment that is changed further while it is saved stays open', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof comment>()
  serve({ 'comments.update': () => promise })
  const onDone = vi.fn<() => void>()
  const { user } = await show(<EditComment comment={comment} article={article} onDone={onDone} />, {
    user: mira,
  })
  await user.type(field('Your comment'), ' Often.')
  await user.click(button('Save'))
  await user.type(field('Your comment'), ' In spring.')
  resolve({ ...comment, body: 'So it does. Often.' })
  await waitFor(() => expect(button('Save')).not.toHaveAttribute('aria-busy'))
  expect(field('Your comment')).toHaveValue('So it does. Often. In spring.')
  expect(onDone).not.toHaveBeenCalled()
})
