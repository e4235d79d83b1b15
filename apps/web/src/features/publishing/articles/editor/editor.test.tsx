import { cleanup, screen, waitFor, within } from '@testing-library/react'
import type { ArticleSource, UpdateArticle } from '@galley/contract/publishing/articles'
import type { PresentPerson } from '@galley/contract/publishing/presence'
import type { RevisionSummary } from '@galley/contract/publishing/revisions'
import { beforeEach, expect, test, vi } from 'vitest'
import { type Calls, type Handlers, refuse, serve } from '../../../../../test/api.ts'
import { mira } from '../../../../../test/examples.ts'
import { article, draft } from '../../../../../test/publishing/examples.ts'
import { button, expectToast, expectWrong, field } from '../../../../../test/fields.ts'
import { editorReplies, writeInPlainField } from '../../../../../test/publishing/editor.ts'
import { show } from '../../../../../test/render.tsx'
import { contentOf } from './content.ts'
import { Editor } from './editor.tsx'

beforeEach(writeInPlainField)

const savedByTomas = ({
  id,
  title,
  words,
  updatedAt,
  version,
}: ArticleSource): RevisionSummary => ({
  id,
  articleId: id,
  version,
  author: { username: 'tomas', displayName: 'Tomas', avatarUrl: null },
  cause: 'saved',
  reason: '',
  wasPublic: false,
  restoredVersion: null,
  title,
  words,
  createdAt: updatedAt,
  savedAt: updatedAt,
})

/** The server's side of one article: it refuses what is based on another version than its own. */
function serveArticle(first: ArticleSource, others: Handlers = {}) {
  let current = first
  const update = (change: UpdateArticle) => {
    if (change.version !== current.version) return refuse('article/stale-version')
    current = { ...current, ...change, version: change.version + 1 }
    return current
  }
  const calls = serve({
    ...editorReplies,
    'articles.update': update,
    'articles.source': () => current,
    'revisions.list': () => ({ items: [savedByTomas(current)], page: { nextCursor: null } }),
    ...others,
  })
  /** Another person, or another page, changes it. */
  const changeElsewhere = (change: Partial<ArticleSource>) => {
    current = { ...current, ...change, version: current.version + 1 }
  }
  return { calls, changeElsewhere, current: () => current }
}

const inputsOf = (calls: Calls, path: string) =>
  calls.filter((call) => call.path === path).map(({ input }) => input)

async function open(source: ArticleSource | null = draft) {
  const onCreated = vi.fn<(id: string) => void>()
  const element = <Editor source={source} onCreated={onCreated} />
  return { ...(await show(element, { user: mira })), onCreated }
}

const state = () => screen.getByText(/^(Saved|Saving|Not saved|Changed|Changes)/)

test('a draft saves what changed, a moment after it was typed, and says so', async () => {
  const { calls } = serveArticle(draft)
  const { user } = await open()
  expect(state()).toHaveTextContent('Saved')
  await user.type(field('Title'), '!')
  expect(state()).toHaveTextContent('Saving…')
  await waitFor(() => expect(state()).toHaveTextContent(/^Saved$/))
  expect(inputsOf(calls, 'articles.update')).toEqual([
    { id: draft.id, version: 1, title: 'A hedge!' },
  ])
})

test('a new article is made at its first save, once', async () => {
  const { calls } = serveArticle(draft, { 'articles.create': () => draft })
  const { user, onCreated } = await open(null)
  await user.type(field('Title'), 'A hedge')
  await waitFor(() => expect(onCreated).toHaveBeenCalledWith(draft.id))
  expect(inputsOf(calls, 'articles.create')).toEqual([{ title: 'A hedge' }])
  await user.type(field('Text'), ' Slowly.')
  await user.keyboard('{Control>}s{/Control}')
  await waitFor(() => expect(inputsOf(calls, 'articles.update')).toHaveLength(1))
  expect(onCreated).toHaveBeenCalledOnce()
})

test('a text that is not saved says why, stays in the page, and is saved on demand', async () => {
  const server = serveArticle(draft, { 'articles.update': () => refuse('session/required') })
  const { user } = await open()
  await user.type(field('Text'), ' Slowly.')
  expect(await screen.findByRole('alert')).toHaveTextContent('You are signed out')
  expect(state()).toHaveTextContent('Not saved')
  expect(field('Text')).toHaveValue('It grows. Slowly.')
  const later = serveArticle(server.current())
  await user.click(button('Try again'))
  await waitFor(() => expect(state()).toHaveTextContent(/^Saved$/))
  expect(later.current().body).toBe('It grows. Slowly.')
})

test('where the site asks for a review, a draft is sent there in place of being published', async () => {
  const can = { ...draft.can, publish: false, schedulePublish: false, requestReview: true }
  const { calls } = serveArticle(
    { ...draft, can },
    { 'articles.requestReview': () => ({ ...draft, can, status: 'in_review' }) },
  )
  const { user } = await open({ ...draft, can })
  expect(screen.queryByRole('button', { name: 'Publish' })).toBeNull()
  await user.click(button('Ask for a review…'))
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: /^Ask for/ }))
  await waitFor(() =>
    expect(inputsOf(calls, 'articles.requestReview')).toMatchObject([{ id: draft.id }]),
  )
})

test('a published article waits for its button', async () => {
  const published: ArticleSource = {
    ...draft,
    status: 'published',
    publishedAt: draft.updatedAt,
    can: { ...draft.can, publish: false, unpublish: true },
  }
  const { calls } = serveArticle(published)
  const { user } = await open(published)
  await user.type(field('Text'), ' Slowly.')
  expect(state()).toHaveTextContent('Changes not yet public')
  await user.click(button('Update'))
  await expectToast('The published article is up to date.')
  expect(inputsOf(calls, 'articles.update')).toHaveLength(1)
})

test('a conflict keeps both versions until the person decides for their own', async () => {
  const server = serveArticle(draft)
  const { user } = await open()
  server.changeElsewhere({ title: 'A wall' })
  await user.type(field('Title'), '!')
  expect(await screen.findByRole('alert')).toHaveTextContent('Tomas has changed the same as you.')
  expect(state()).toHaveTextContent('Changed elsewhere')
  expect(field('Title')).toHaveValue('A hedge!')
  await user.click(button('Keep my version'))
  await waitFor(() => expect(state()).toHaveTextContent(/^Saved$/))
  expect(server.current()).toMatchObject({ title: 'A hedge!', version: 3 })
  expect(screen.queryByRole('alert')).not.toBeInTheDocument()
})

test('in a conflict, the other version can be looked at and left again', async () => {
  const server = serveArticle(draft)
  const { user } = await open()
  server.changeElsewhere({ title: 'A wall' })
  await user.type(field('Title'), '!')
  await user.click(await screen.findByRole('button', { name: 'Load the other version' }))
  await waitFor(() => expect(field('Title')).toHaveValue('A wall'))
  await user.click(button('Go back to my text'))
  expect(field('Title')).toHaveValue('A hedge!')
  await waitFor(() => expect(server.current().title).toBe('A hedge!'))
})

test('what two people changed in different places is merged and saved, and says whose it is', async () => {
  const body = 'One.\n\nTwo.'
  const server = serveArticle({ ...draft, body })
  const { user } = await open({ ...draft, body })
  server.changeElsewhere({ body: 'One, theirs.\n\nTwo.' })
  await user.type(field('Text'), ' Mine.')
  await waitFor(() => expect(field('Text')).toHaveValue('One, theirs.\n\nTwo. Mine.'))
  await waitFor(() => expect(state()).toHaveTextContent(/^Saved$/))
  expect(server.current().body).toBe('One, theirs.\n\nTwo. Mine.')
  expect(screen.getByText('Tomas has saved this article. Both texts are merged.')).toBeVisible()
})

test('who comes back to the page sees what somebody has saved meanwhile', async () => {
  const server = serveArticle(draft)
  await open()
  server.changeElsewhere({ title: 'A wall' })
  window.dispatchEvent(new Event('focus'))
  await waitFor(() => expect(field('Title')).toHaveValue('A wall'))
  expect(state()).toHaveTextContent(/^Saved$/)
})

test('in a conflict, both texts stand side by side, and each part is decided', async () => {
  const server = serveArticle(draft)
  const { user } = await open()
  server.changeElsewhere({ title: 'A wall', body: 'It stands.' })
  await user.type(field('Title'), '!')
  await user.type(field('Text'), ' Slowly.')
  await user.click(await screen.findByRole('button', { name: 'Compare and decide' }))
  const dialog = await screen.findByRole('dialog', { name: 'Bring both texts together' })
  const [title, text] = within(dialog).getAllByRole('group')
  expect(title).toHaveTextContent(/A hedge!.*A wall/)
  expect(text).toHaveTextContent(/It grows\. Slowly\..*It stands\./)
  expect(within(text ?? dialog).getByLabelText('Both, one after the other')).toBeChecked()
  await user.click(within(title ?? dialog).getByRole('radio', { name: /A wall/ }))
  await user.click(within(dialog).getByRole('button', { name: 'Use this text' }))
  await waitFor(() =>
    expect(server.current()).toMatchObject({
      title: 'A wall',
      body: 'It grows. Slowly.\n\nIt stands.',
      version: 3,
    }),
  )
  expect(field('Title')).toHaveValue('A wall')
})

test('what a page left behind is back, and can be given up', async () => {
  const left = { content: { ...contentOf(draft), body: 'Left.' }, base: draft, at: draft.updatedAt }
  const key = `galley-draft:${mira.id}:${draft.id}:gone`
  localStorage.setItem(key, JSON.stringify(left))
  serveArticle(draft)
  const { user } = await open()
  await waitFor(() => expect(field('Text')).toHaveValue('Left.'))
  expect(screen.getByText(/was not saved is back/)).toBeVisible()
  await user.click(button('Go back to what was saved'))
  expect(field('Text')).toHaveValue('It grows.')
  await waitFor(() => expect(Object.keys(localStorage)).toEqual(['galley-editor-plain']))
})

test('an article without title and text is not published, and says what it lacks', async () => {
  const { calls } = serveArticle({ ...draft, title: '', body: '' })
  const { user } = await open({ ...draft, title: '', body: '' })
  await user.click(button('Publish'))
  expect(await screen.findByRole('alert')).toHaveTextContent('The article was not published.')
  await expectWrong('Title', 'Add a title.')
  await expectWrong('Text', 'Add some text.')
  expect(field('Title')).toHaveFocus()
  expect(inputsOf(calls, 'articles.publish')).toEqual([])
})

test('why the server does not publish is said, and everything is still saved', async () => {
  const fields = [{ path: 'description', message: 'Describe it first.' }]
  serveArticle(draft, { 'articles.publish': () => refuse('article/incomplete', fields) })
  const { user, router } = await open()
  await user.click(button('Publish'))
  expect(await screen.findByRole('alert')).toHaveTextContent('The article was not published.')
  await expectWrong('Description', 'Describe it first.')
  expect(field('Description')).toHaveFocus()
  expect(state()).toHaveTextContent(/^Saved$/)
  expect(router.state.location.pathname).toBe('/here')
})

test('publishing saves first, and leads to the article', async () => {
  const { calls } = serveArticle(draft, {
    'articles.publish': () => ({ ...draft, status: 'published', version: 3 }),
  })
  const { user, router } = await open()
  await user.type(field('Title'), '!')
  await user.dblClick(button('Publish'))
  await waitFor(() => expect(router.state.location.pathname).toBe(`/articles/${article.slug}`))
  await expectToast('Your article is published.')
  expect(calls.map(({ path }) => path).filter((path) => path.startsWith('articles.'))).toEqual([
    'articles.update',
    'articles.publish',
  ])
  expect(inputsOf(calls, 'articles.publish')).toEqual([{ id: draft.id, version: 2 }])
})

test('others who have the article open are listed with where they are, and come and go in words', async () => {
  const jonas = { username: 'jonas', displayName: 'Jonas Lind', avatarUrl: null }
  let people: PresentPerson[] = [
    { person: jonas, place: { field: 'text', heading: 'Second heading', line: 9 } },
  ]
  const { calls } = serveArticle(draft, { 'presence.announce': () => ({ people }) })
  const { user } = await open()
  const list = await screen.findByRole('list', { name: 'Also editing this article' })
  expect(list).toHaveTextContent('Jonas Lind is at “Second heading”')
  expect(screen.getByText('Jonas Lind is editing this article, too.')).toHaveAttribute(
    'role',
    'status',
  )
  people = []
  await user.click(field('Title'))
  await waitFor(() => expect(screen.getByText('Jonas Lind has left.')).toBeInTheDocument())
  expect(list).not.toBeInTheDocument()
  expect(inputsOf(calls, 'presence.announce')).toMatchObject([
    { articleId: draft.id, place: null },
    { place: { field: 'title' } },
  ])
  cleanup()
  await waitFor(() => expect(calls.at(-1)?.path).toBe('presence.leave'))
})

test('what is changed and why goes with the next save, once', async () => {
  const { calls } = serveArticle(draft)
  const { user } = await open()
  await user.type(field('What you change, and why'), 'Dates checked')
  await user.type(field('Title'), '!')
  await waitFor(() => expect(field('What you change, and why')).toHaveValue(''))
  await user.type(field('Title'), '!')
  await waitFor(() => expect(inputsOf(calls, 'articles.update')).toHaveLength(2))
  expect(inputsOf(calls, 'articles.update')).toEqual([
    { id: draft.id, version: 1, title: 'A hedge!', reason: 'Dates checked' },
    { id: draft.id, version: 2, title: 'A hedge!!' },
  ])
})
