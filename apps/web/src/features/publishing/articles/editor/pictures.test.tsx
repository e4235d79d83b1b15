import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { ArticleSource } from '@galley/contract/publishing/articles'
import { beforeEach, expect, test, vi } from 'vitest'
import { type Handlers, refuse, serve } from '../../../../../test/api.ts'
import { exampleMedia, mira } from '../../../../../test/examples.ts'
import { draft } from '../../../../../test/publishing/examples.ts'
import { button, field } from '../../../../../test/fields.ts'
import { editorReplies, writeInPlainField } from '../../../../../test/publishing/editor.ts'
import { show } from '../../../../../test/render.tsx'
import { FakeRequest } from '../../../../lib/upload.fixture.ts'
import { Editor } from './editor.tsx'

beforeEach(writeInPlainField)

const media = exampleMedia()
const { id } = media
const quota = {
  usedBytes: 0,
  limitBytes: 1_000_000,
  maxFileBytes: 500_000,
  types: ['image/png' as const],
  directUpload: false,
}
const png = new File(['x'], 'cat.png', { type: 'image/png' })

async function open(source: Partial<ArticleSource> = {}, handlers: Handlers = {}) {
  FakeRequest.last = undefined
  vi.stubGlobal('XMLHttpRequest', FakeRequest)
  const first = { ...draft, ...source }
  const calls = serve({
    ...editorReplies,
    'articles.update': (change) => ({ ...first, ...change, version: 2 }),
    'media.quota': () => quota,
    'media.get': () => media,
    'media.list': () => ({ items: [media], page: { nextCursor: null } }),
    ...handlers,
  })
  const element = <Editor source={first} onCreated={() => {}} />
  return { ...(await show(element, { user: mira })), calls }
}

const text = () => field('Text')

const drop = (files: File[]) =>
  fireEvent.drop(text(), { dataTransfer: { types: ['Files'], files } })

/** The server takes what is being sent. */
async function arrive() {
  await waitFor(() => expect(FakeRequest.last?.sent).toBeDefined())
  FakeRequest.last?.respond(201, { ...media, state: 'quarantined' })
}

test('a picture stands in the text at once, and is replaced when it is there', async () => {
  await open({ body: 'Before.' })
  drop([png])
  expect(text()).toHaveDisplayValue(/^!\[Uploading cat\.png…\]\(upload-[\da-f]{8}\)\n\nBefore\.$/)
  expect(screen.getByText('Uploading cat.png.')).toHaveAttribute('role', 'status')
  await arrive()
  await waitFor(() => expect(text()).toHaveValue(`![](/media/${id})\n\nBefore.`))
  expect(screen.getByText('cat.png is there.')).toBeInTheDocument()
})

test('a cancelled one leaves nothing', async () => {
  const { user } = await open({ body: 'Before.' })
  drop([png])
  await waitFor(() => expect(FakeRequest.last?.sent).toBeDefined())
  await user.click(button('Cancel cat.png'))
  expect(FakeRequest.last?.aborted).toBe(true)
  expect(text()).not.toHaveDisplayValue(/Uploading/)
  expect(screen.getByRole('region', { name: 'Uploads' })).toHaveFocus()
})

test('what is pasted with text is text', async () => {
  await open()
  const clipboardData = { types: ['text/plain', 'Files'], files: [png] }
  fireEvent.paste(text(), { clipboardData })
  expect(text()).not.toHaveDisplayValue(/Uploading/)
  fireEvent.paste(text(), { clipboardData: { types: ['text/html', 'Files'], files: [png] } })
  expect(text()).toHaveDisplayValue(/Uploading/)
})

test('a picture without words is described, in the text and for the library', async () => {
  const update = vi.fn<(input: object) => void>()
  const { user } = await open(
    { body: `![](/media/${id})` },
    {
      'media.update': (input) => {
        update(input)
        return { ...media, ...input }
      },
    },
  )
  await user.click(await screen.findByRole('button', { name: 'Describe cat.jpg' }))
  const dialog = within(screen.getByRole('dialog'))
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  expect(dialog.getByLabelText('Alternative text')).toBeInvalid()
  await user.type(dialog.getByLabelText('Alternative text'), 'A [[cat] asleep')
  await user.type(dialog.getByLabelText('Caption'), 'Ours')
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  expect(text()).toHaveValue(String.raw`![A \[cat\] asleep](/media/${id} "Ours")`)
  expect(update).toHaveBeenCalledWith({
    id,
    alt: 'A [cat] asleep',
    decorative: false,
    caption: 'Ours',
  })
  expect(screen.queryByRole('region', { name: /without alternative text/ })).toBeNull()
})

test('a decorative one says so in the text', async () => {
  const { user } = await open(
    { body: `![](/media/${id})` },
    { 'media.update': (input) => ({ ...media, ...input }) },
  )
  await user.click(await screen.findByRole('button', { name: 'Describe cat.jpg' }))
  const dialog = within(screen.getByRole('dialog'))
  await user.click(dialog.getByLabelText(/^Decorative/))
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  expect(text()).toHaveValue(`![](/media/${id}#decorative)`)
})

test('words of the library count', async () => {
  await open({ body: `![](/media/${id})` }, { 'media.get': () => ({ ...media, alt: 'A cat' }) })
  await waitFor(() => expect(field('Text')).toBeInTheDocument())
  expect(screen.queryByRole('region', { name: /without alternative text/ })).toBeNull()
})

test('the refusal to publish leads to the picture that lacks words', async () => {
  const { user } = await open(
    { body: `![](/media/${id})` },
    {
      'articles.publish': () =>
        refuse('article/alt-missing', [{ path: 'body', message: 'The picture lacks words.' }]),
    },
  )
  await screen.findByRole('button', { name: 'Describe cat.jpg' })
  await user.click(button('Publish'))
  const messages = within(screen.getByRole('region', { name: 'Messages' }))
  await user.click(await messages.findByRole('button', { name: 'Describe the picture' }))
  expect(screen.getByRole('dialog')).toBeInTheDocument()
})

test('nothing is published before its pictures are there', async () => {
  const { user } = await open({ body: 'Before.' })
  drop([png])
  await user.click(button('Publish'))
  expect(await screen.findAllByText(/A picture has not arrived/)).not.toEqual([])
})

test('a cover is chosen, its point is moved by keys, and it is removed', async () => {
  const { user, calls } = await open()
  const changes = () =>
    calls.filter(({ path }) => path === 'articles.update').map(({ input }) => input)
  await user.click(button('Choose a picture'))
  await user.click(await screen.findByRole('button', { name: 'cat.jpg' }))
  const point = await screen.findByRole('slider', { name: 'Focal point' })
  expect(point).toHaveAttribute('aria-valuetext', '50 % from the left, 50 % from the top')
  point.focus()
  await user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowDown}')
  expect(point).toHaveAttribute('aria-valuetext', '40 % from the left, 55 % from the top')
  await waitFor(() =>
    expect(changes().at(-1)).toMatchObject({ coverMediaId: id, coverFocus: { x: 40, y: 55 } }),
  )
  await user.click(button('Remove the cover'))
  await waitFor(() =>
    expect(changes().at(-1)).toMatchObject({ coverMediaId: null, coverFocus: null }),
  )
})
