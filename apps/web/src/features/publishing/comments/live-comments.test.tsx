import type { CommentThread as Thread } from '@galley/contract/publishing/comments'
import { useSuspenseQuery } from '@tanstack/react-query'
import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { type Handlers, refuse, serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { article, comment } from '../../../../test/publishing/examples.ts'
import { show } from '../../../../test/render.tsx'
import type { Change } from '../../../lib/live-stream.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { CommentThread } from './comment-thread.tsx'
import { LiveComments } from './live-comments.tsx'
import { commentsOf } from './queries.ts'

const joined = vi.hoisted((): { hear: (change: Change) => void } => ({ hear: () => {} }))

vi.mock('../../../lib/live-stream.ts', () => ({
  joinLive: ({ hear }: { hear: (change: Change) => void }) => {
    joined.hear = hear
    return () => {}
  },
}))

let isAtEnd = false
class FakeObserver {
  readonly #tell: (entries: { isIntersecting: boolean }[]) => void
  constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
    this.#tell = tell
  }
  observe() {
    this.#tell([{ isIntersecting: isAtEnd }])
  }
  disconnect() {}
}

beforeEach(() => {
  isAtEnd = false
  vi.stubGlobal('EventSource', EventTarget)
  vi.stubGlobal('IntersectionObserver', FakeObserver)
})

function Page() {
  const { data } = useSuspenseQuery(commentsOf(useTRPC(), article.id, {}))
  return (
    <>
      {data.items.map((thread) => (
        <CommentThread key={thread.id} thread={thread} article={article} target="" />
      ))}
      <LiveComments article={article} place={{}} />
    </>
  )
}

const lena = { username: 'lena', displayName: 'Lena', avatarUrl: null }
let made = 0
/** Ids that no test before has seen: what is counted is counted once. */
const written = (values: Partial<Thread> = {}): Thread => {
  made += 1
  const id = `01900000-0000-7000-8000-0000000002${String(made).padStart(2, '0')}`
  return { ...comment, id, author: lena, bodyHtml: `<p>Remark ${made}</p>`, ...values }
}

async function showPage(shown: Thread[], handlers: Handlers = {}) {
  serve({ 'comments.list': () => ({ items: shown, page: { nextCursor: null } }), ...handlers })
  joined.hear = () => {}
  const before = joined.hear
  const view = await show(<Page />, { user: mira })
  await waitFor(() => expect(joined.hear).not.toBe(before))
  const hear = (event: 'comment.created' | 'comment.updated' | 'comment.deleted', id: string) =>
    act(() => joined.hear({ event, ids: { articleId: article.id, commentId: id } }))
  return { ...view, hear }
}

const remarks = () => screen.queryAllByText(/^Remark/).map((remark) => remark.textContent)

test('who does not see the end is told of new comments, and has them by a button', async () => {
  const [first, second] = [written(), written()]
  const byId = new Map([first, second].map((each) => [each.id, each]))
  const { user, hear } = await showPage([], {
    'comments.get': ({ id }) => byId.get(id) ?? refuse('comment/not-found'),
  })
  hear('comment.created', first.id)
  await screen.findByRole('button', { name: '1 new comment' })
  hear('comment.created', second.id)
  hear('comment.created', second.id)
  const button = await screen.findByRole('button', { name: '2 new comments' })
  expect(screen.getByRole('status')).toHaveTextContent('2 new comments')
  expect(remarks()).toEqual([])
  await user.click(button)
  await waitFor(() => expect(remarks()).toEqual([first, second].map(textOf)))
  await waitFor(() => expect(document.activeElement?.id).toBe(`comment-${first.id}`))
  expect(screen.queryByRole('button', { name: /new comment/ })).toBeNull()
})

const textOf = ({ bodyHtml }: { bodyHtml: string }) => bodyHtml.replaceAll(/<\/?p>/g, '')

test('who sees the end has it at once, and hears of it', async () => {
  isAtEnd = true
  const next = written()
  const { hear } = await showPage([], { 'comments.get': () => next })
  hear('comment.created', next.id)
  await waitFor(() => expect(remarks()).toEqual([textOf(next)]))
  expect(screen.getByRole('status')).toHaveTextContent('New comment by Lena.')
})

test('what the reader has written elsewhere is there at once, and once', async () => {
  const own = written({ author: { ...lena, username: mira.username } })
  const { hear } = await showPage([], { 'comments.get': () => own })
  hear('comment.created', own.id)
  hear('comment.created', own.id)
  await waitFor(() => expect(remarks()).toEqual([textOf(own)]))
})

test('an edited comment changes in its place, a deleted one goes', async () => {
  const [edited, gone] = [written(), written()]
  const changed = { ...edited, bodyHtml: '<p>Remark, edited</p>' }
  const { hear } = await showPage([edited, gone], {
    'comments.get': ({ id }) => (id === edited.id ? changed : refuse('comment/not-found')),
  })
  hear('comment.updated', edited.id)
  await waitFor(() => expect(remarks()).toEqual(['Remark, edited', textOf(gone)]))
  hear('comment.deleted', gone.id)
  await waitFor(() => expect(remarks()).toEqual(['Remark, edited']))
})

test('a reply waits too, and goes to its thread', async () => {
  const thread = written()
  const { replies: _, ...reply } = written({ parentId: thread.id })
  const { user, hear } = await showPage([thread], { 'comments.get': () => reply })
  hear('comment.created', reply.id)
  await user.click(await screen.findByRole('button', { name: '1 new comment' }))
  await waitFor(() => expect(remarks()).toEqual([textOf(thread), textOf(reply)]))
  expect(screen.getByRole('list', { name: 'Replies to the comment by Lena' })).toBeVisible()
})

test('comments that are closed meanwhile are said to be, and what one may do is read again', async () => {
  let lists = 0
  await showPage([], {
    'comments.list': () => {
      lists += 1
      return { items: [], page: { nextCursor: null } }
    },
  })
  act(() => joined.hear({ event: 'article.comments-closed', ids: { articleId: article.id } }))
  expect(await screen.findByText('The comments are closed now.')).toHaveAttribute('role', 'status')
  await waitFor(() => expect(lists).toBe(2))
  act(() => joined.hear({ event: 'article.comments-opened', ids: { articleId: article.id } }))
  expect(await screen.findByText('The comments are open now.')).toBeInTheDocument()
})
