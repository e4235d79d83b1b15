import type { RevisionComparison, RevisionSummary } from '@galley/contract/publishing/revisions'
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { type Handlers, refuse, serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { button, expectToast } from '../../../../test/fields.ts'
import { draft } from '../../../../test/publishing/examples.ts'
import { show } from '../../../../test/render.tsx'
import { HistoryPage, type HistorySearch } from './history-page.tsx'

const first: RevisionSummary = {
  id: '01900000-0000-7000-8000-000000000011',
  articleId: draft.id,
  version: 1,
  author: { username: mira.username, displayName: mira.displayName, avatarUrl: null },
  cause: 'created',
  reason: '',
  wasPublic: true,
  restoredVersion: null,
  title: draft.title,
  words: 2,
  createdAt: '2026-03-14T08:30:00.000Z',
  savedAt: '2026-03-14T08:39:00.000Z',
}

const second: RevisionSummary = {
  ...first,
  id: '01900000-0000-7000-8000-000000000012',
  version: 2,
  author: { ...first.author, displayName: 'Tomas' },
  cause: 'saved',
  reason: 'Shorter.',
  wasPublic: false,
}

const comparison: RevisionComparison = {
  before: first,
  after: second,
  fields: [{ field: 'title', before: 'A wall', after: 'A hedge' }],
  source: [
    { kind: 'same', text: 'It ' },
    { kind: 'removed', text: 'stands' },
    { kind: 'added', text: 'grows' },
    { kind: 'same', text: '.' },
  ],
  html: '<p>It <del>stands</del> <ins>grows</ins>.</p>',
  isRough: false,
}

function open(search: HistorySearch, handlers: Handlers = {}) {
  const calls = serve({
    'articles.source': () => ({ ...draft, version: 2 }),
    'revisions.list': () => ({ items: [second, first], page: { nextCursor: null } }),
    'revisions.compare': () => comparison,
    ...handlers,
  })
  return { calls, page: show(<HistoryPage id={draft.id} search={search} />, { user: mira }) }
}

test('the history says who saved what, when and why, and leads to what changed', async () => {
  await open({}).page
  const [newest, oldest] = await screen.findAllByRole('listitem')
  expect(newest).toHaveTextContent(/Version 2.*Tomas.*changed it.*Now.*Shorter\./)
  expect(oldest).toHaveTextContent(/Version 1.*began it.*2 words.*Public/)
  expect(
    within(oldest ?? document.body).getByRole('link', { name: /Changed since/ }),
  ).toHaveAttribute('href', `/here?revision=${second.id}&against=${first.id}`)
})

test('an article that was never changed says so', async () => {
  await open({}, { 'revisions.list': () => ({ items: [], page: { nextCursor: null } }) }).page
  expect(await screen.findByText('Nothing has been changed yet')).toBeInTheDocument()
})

test.each([undefined, 'source'] as const)(
  'a comparison marks what is new and gone: %s',
  async (view) => {
    await open({ revision: second.id, view }).page
    const region = await screen.findByRole('region', { name: 'What changed' })
    const marked = (role: string) =>
      within(region)
        .getAllByRole(role)
        .map(({ textContent }) => textContent)
    expect(marked('deletion')).toEqual(['A wall', 'stands'])
    expect(marked('insertion')).toEqual(['A hedge', 'grows'])
  },
)

test('a comparison that took too long says that it is rough, one of nothing that there is none', async () => {
  const source = [{ kind: 'same' as const, text: 'It grows.' }]
  await open(
    { revision: second.id },
    { 'revisions.compare': () => ({ ...comparison, isRough: true, source }) },
  ).page
  expect(await screen.findByText(/whole passages/)).toBeInTheDocument()
  expect(screen.getByText('The text is the same.')).toBeInTheDocument()
})

test('what cannot be compared is said above the list', async () => {
  await open({ revision: 'nonsense' }, { 'revisions.compare': () => refuse('revision/not-found') })
    .page
  expect(await screen.findByText('There is no such revision.')).toBeInTheDocument()
  expect(screen.getAllByRole('listitem')).toHaveLength(2)
})

test('an earlier text is restored after a question, over the version that was seen', async () => {
  const { calls, page } = open(
    { revision: second.id },
    { 'revisions.restore': () => ({ ...draft, version: 3 }) },
  )
  const { user } = await page
  await user.click(await screen.findByRole('button', { name: 'Restore version 1' }))
  await user.click(button('Leave it as it is'))
  expect(calls.filter(({ path }) => path === 'revisions.restore')).toEqual([])
  await user.click(button('Restore version 1'))
  await user.click(button('Restore'))
  await expectToast('The text is restored.')
  expect(calls.find(({ path }) => path === 'revisions.restore')?.input).toEqual({
    id: first.id,
    version: 2,
  })
})

test('a text that somebody has changed meanwhile is not restored over them unseen', async () => {
  const { calls, page } = open(
    { revision: second.id },
    { 'revisions.restore': () => refuse('article/stale-version') },
  )
  const { user } = await page
  await user.click(await screen.findByRole('button', { name: 'Restore version 1' }))
  await user.click(button('Restore'))
  await expectToast('The text was not restored.')
  await waitFor(() =>
    expect(calls.filter(({ path }) => path === 'articles.source').length).toBeGreaterThan(1),
  )
})
