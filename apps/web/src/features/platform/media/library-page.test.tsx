import type { ListMedia, MediaView } from '@galley/contract/platform/media'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { type Handlers, refuse, serve } from '../../../../test/api.ts'
import { exampleMedia, examplePicture, mira } from '../../../../test/examples.ts'
import { button, expectToast } from '../../../../test/fields.ts'
import { show } from '../../../../test/render.tsx'
import { FakeRequest } from '../../../lib/upload.fixture.ts'
import { LibraryPage } from './library-page.tsx'

async function open(items: MediaView[], handlers: Handlers = {}, filter: Partial<ListMedia> = {}) {
  vi.stubGlobal('XMLHttpRequest', FakeRequest)
  const calls = serve({
    'media.list': () => ({ items, page: { nextCursor: null } }),
    'media.quota': () => ({
      usedBytes: 1_500_000,
      limitBytes: 20_000_000,
      maxFileBytes: 500_000,
      types: ['image/png'],
      directUpload: false,
    }),
    ...handlers,
  })
  return { ...(await show(<LibraryPage filter={filter} />, { user: mira })), calls }
}

const inputOf = (calls: { path: string; input: unknown }[], wanted: string) =>
  calls.find(({ path }) => path === wanted)?.input

test('shows what there is of each file, and how much room is left', async () => {
  await open([
    exampleMedia({
      alt: 'A cat',
      picture: examplePicture({ thumbhash: '3OcRJYB4d3h/iIeHeEh3eIhw+j2w' }),
    }),
    exampleMedia({
      id: 'b',
      kind: 'document',
      mime: 'application/pdf',
      fileName: 'a.pdf',
      picture: null,
    }),
    exampleMedia({
      id: 'c',
      state: 'refused',
      reason: 'media/infected',
      fileName: 'bad.png',
      picture: null,
    }),
  ])
  expect(await screen.findByText('1.5 MB of 20 MB used')).toBeInTheDocument()
  const [cat, document, bad] = await screen.findAllByRole('listitem')
  if (!cat || !document || !bad) throw new Error('three files are listed')
  expect(cat).toHaveTextContent('240 kB1600 × 900A catNot used: is removed on 14 April 2026')
  expect(cat.querySelector('img[src^="data:image/png"]')).not.toBeNull()
  expect(within(cat).getByRole('link', { name: 'Open cat.jpg' })).toHaveAttribute(
    'href',
    expect.stringMatching(/^\/media\//),
  )
  expect(within(document).queryByRole('button', { name: /^Describe/ })).toBeNull()
  expect(bad).toHaveTextContent('RefusedThe file contains malware.')
  expect(within(bad).queryByRole('link')).toBeNull()
})

test('a description is saved; a refusal stays in the dialog', async () => {
  let refused = true
  const media = exampleMedia()
  const { user, calls } = await open([media], {
    'media.update': (input) => {
      if (refused) {
        return refuse('media/alt-missing', [{ path: 'alt', message: 'Everybody sees it in: Rain' }])
      }
      return { ...media, ...input }
    },
  })
  await user.click(await screen.findByRole('button', { name: 'Describe cat.jpg' }))
  const dialog = within(screen.getByRole('dialog'))
  await user.type(dialog.getByLabelText('Alternative text'), 'A cat')
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(dialog.getByLabelText('Alternative text')).toBeInvalid())
  expect(
    dialog.getByText(/It needs an alternative text.* Everybody sees it in: Rain/),
  ).toBeVisible()
  refused = false
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  await expectToast('The description is saved.')
  expect(inputOf(calls, 'media.update')).toMatchObject({ id: media.id, alt: 'A cat' })
})

test('deleting says what breaks, and is then meant', async () => {
  const media = exampleMedia({ useCount: 1 })
  const { user, calls } = await open([media], {
    'media.uses': () => ({
      items: [{ subject: { kind: 'person', id: '1', title: 'Mira' }, isPublic: true }],
      page: { nextCursor: 'x', total: 1235 },
    }),
    'media.delete': ({ id }) => ({ id }),
  })
  await user.click(await screen.findByRole('button', { name: 'Delete cat.jpg' }))
  const question = within(screen.getByRole('alertdialog'))
  expect(await question.findByText('Mira')).toBeInTheDocument()
  expect(question.getByText('and 1,234 more')).toBeInTheDocument()
  await user.click(question.getByRole('button', { name: 'Delete' }))
  await expectToast('The file is deleted.')
  expect(inputOf(calls, 'media.delete')).toEqual({ id: media.id, force: true })
})

test('one that is not used is never deleted by force', async () => {
  const { user, calls } = await open([exampleMedia()], {
    'media.delete': () => refuse('media/in-use'),
  })
  await user.click(await screen.findByRole('button', { name: 'Delete cat.jpg' }))
  await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Delete' }))
  await expectToast('The file was not deleted.')
  expect(inputOf(calls, 'media.delete')).toMatchObject({ force: false })
})

test('the next page is of the same files in the same order', async () => {
  const items = [exampleMedia()]
  const list = () => ({ items, page: { nextCursor: 'abc' } })
  const filter = { kind: 'image', state: 'ready', used: false, sort: '-name' } as const
  await open([], { 'media.list': list }, filter)
  const next = await screen.findByRole('link', { name: 'Next page' })
  const address = new URL(next.getAttribute('href') ?? '', 'http://x').searchParams
  expect(Object.fromEntries(address)).toEqual({ ...filter, used: 'false', cursor: 'abc' })
})

test('files that are dropped go into it', async () => {
  const { calls } = await open([], { 'media.get': () => exampleMedia() })
  await screen.findByText('No files yet')
  const file = new File(['x'], 'cat.png', { type: 'image/png' })
  fireEvent.drop(document.body, { dataTransfer: { types: ['Files'], files: [file] } })
  await waitFor(() => expect(FakeRequest.last?.sent?.get('file')).toBeInstanceOf(File))
  expect(button('Cancel cat.png')).toBeInTheDocument()
  FakeRequest.last?.respond(201, exampleMedia({ state: 'quarantined' }))
  await waitFor(() =>
    expect(calls.filter(({ path }) => path === 'media.list').length).toBeGreaterThan(1),
  )
  expect(screen.queryByRole('button', { name: 'Cancel cat.png' })).toBeNull()
})
