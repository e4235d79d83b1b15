import { EditorView } from '@codemirror/view'
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { serve } from '../../../../../../test/api.ts'
import { exampleMedia, mira } from '../../../../../../test/examples.ts'
import { button, field } from '../../../../../../test/fields.ts'
import { editorReplies } from '../../../../../../test/publishing/editor.ts'
import { draft } from '../../../../../../test/publishing/examples.ts'
import { show } from '../../../../../../test/render.tsx'
import { FakeRequest } from '../../../../../lib/upload.fixture.ts'
import { Editor } from '../editor.tsx'

const media = exampleMedia()

beforeEach(() => {
  vi.stubGlobal('XMLHttpRequest', FakeRequest)
  serve({
    ...editorReplies,
    'articles.update': (change) => ({ ...draft, ...change, version: 2 }),
    'media.quota': () => ({
      usedBytes: 0,
      limitBytes: 1_000_000,
      maxFileBytes: 500_000,
      types: ['image/png' as const],
      directUpload: false,
    }),
    'media.get': () => ({ ...media, alt: 'A cat' }),
  })
})

const contentOf = () =>
  waitFor(() => {
    const found = document.querySelector<HTMLElement>('.cm-content')
    if (!found) throw new Error('CodeMirror is not there.')
    return found
  })

/** The editor once CodeMirror shows the text; `⟦` and `⟧` mark what is selected. */
async function open(marked: string) {
  const body = marked.replaceAll(/[⟦⟧]/g, '')
  const element = <Editor source={{ ...draft, body }} onCreated={() => {}} />
  const shown = await show(element, { user: mira })
  const content = await contentOf()
  const view = EditorView.findFromDOM(content)
  if (!view) throw new Error('There is no editor in it.')
  const start = marked.indexOf('⟦')
  if (start !== -1) {
    view.dispatch({ selection: { anchor: start, head: marked.indexOf('⟧') - 1 } })
  }
  view.focus()
  /** The text with what is selected. */
  const now = () => {
    const { main } = view.state.selection
    const text = view.state.doc.toString()
    return `${text.slice(0, main.from)}⟦${text.slice(main.from, main.to)}⟧${text.slice(main.to)}`
  }
  const press = (key: string, held: object = {}) => fireEvent.keyDown(content, { key, ...held })
  return { ...shown, view, content, now, press, text: () => view.state.doc.toString() }
}

test('what was typed before it was loaded is kept, and the caret', async () => {
  const element = <Editor source={{ ...draft, body: 'It grows.' }} onCreated={() => {}} />
  await show(element, { user: mira })
  const area = field('Text')
  if (!(area instanceof HTMLTextAreaElement)) throw new Error('It came at once.')
  area.focus()
  fireEvent.change(area, { target: { value: 'It grows slowly.' } })
  area.setSelectionRange(3, 8)
  const view = EditorView.findFromDOM(await contentOf())
  expect(view?.state.doc.toString()).toBe('It grows slowly.')
  expect(view?.state.selection.main).toMatchObject({ from: 3, to: 8 })
  expect(view?.hasFocus).toBe(true)
})

test('a tool changes the selection, says that it is on, and is undone in one step', async () => {
  const { user, now, text } = await open('a ⟦word⟧')
  expect(button('Bold')).toHaveAttribute('aria-pressed', 'false')
  await user.click(button('Bold'))
  expect(now()).toBe('a **⟦word⟧**')
  expect(button('Bold')).toHaveAttribute('aria-pressed', 'true')
  expect(screen.getByText('2 words')).toBeInTheDocument()
  await user.click(button('Undo'))
  expect(now()).toBe('a ⟦word⟧')
  await user.click(button('Redo'))
  expect(text()).toBe('a **word**')
})

test('shortcuts do what the tools do', async () => {
  const { press, now } = await open('⟦word⟧')
  press('i', { ctrlKey: true })
  expect(now()).toBe('*⟦word⟧*')
  press('&', { code: 'Digit7', ctrlKey: true, shiftKey: true })
  expect(now()).toBe('⟦1. *word*⟧')
})

test('a footnote at the caret and its note at the end are one step', async () => {
  const { user, now, text } = await open('one⟦⟧ two')
  await user.click(button('Footnote'))
  expect(now()).toBe('one[^1] two\n\n[^1]: ⟦⟧')
  await user.click(button('Undo'))
  expect(text()).toBe('one two')
})

test('Enter goes on with a list, and ends it on an empty item', async () => {
  const { press, now } = await open('- [ ] one⟦⟧')
  press('Enter', { keyCode: 13 })
  expect(now()).toBe('- [ ] one\n- [ ] ⟦⟧')
  press('Enter', { keyCode: 13 })
  expect(now()).toBe('- [ ] one\n⟦⟧')
})

const table = '| a   | b   |\n| --- | --- |\n| c   | d   |'

test('Tab moves through the cells of a table, adds a row, and its tools appear', async () => {
  const { user, press, now, text } = await open(table.replace('a ', '⟦⟧a '))
  press('Tab', { keyCode: 9 })
  expect(now()).toBe(table.replace('b', '⟦b⟧'))
  press('Tab', { keyCode: 9, shiftKey: true })
  expect(now()).toBe(table.replace('a', '⟦a⟧'))
  const tools = within(screen.getByRole('group', { name: 'Table' }))
  await user.click(tools.getByRole('button', { name: 'Add row below' }))
  expect(text()).toBe(table.replace('\n| c', '\n|     |     |\n| c'))
  await user.click(tools.getByRole('button', { name: 'Remove column' }))
  expect(text()).toBe('| b   |\n| --- |\n|     |\n| d   |')
})

test('Tab leaves the text: at once where it has no meaning, after Escape everywhere', async () => {
  const { press, view } = await open('⟦⟧text')
  expect(press('Tab', { keyCode: 9 })).toBe(true)
  view.dispatch({ changes: { from: 0, insert: '- ' } })
  expect(press('Tab', { keyCode: 9 })).toBe(false)
  press('Escape', { keyCode: 27 })
  await screen.findByText('Tab now leaves the text.')
  expect(press('Tab', { keyCode: 9 })).toBe(true)
  view.dispatch({ changes: { from: 0, insert: 'a' }, userEvent: 'input.type' })
})

test('the kind of a callout and the language of code are chosen beside the text', async () => {
  const { user, text, view } = await open('> [!NOTE]\n> a⟦⟧\n\n```\nb\n```')
  const kinds = within(screen.getByRole('group', { name: 'Kind of callout' }))
  expect(kinds.getByRole('button', { name: 'Note' })).toHaveAttribute('aria-pressed', 'true')
  await user.click(kinds.getByRole('button', { name: 'Warning' }))
  expect(text()).toContain('> [!WARNING]\n> a')
  view.dispatch({ selection: { anchor: text().indexOf('b\n') } })
  await user.type(await screen.findByLabelText('Language of the code'), 'ts{Enter}')
  expect(text()).toContain('```ts\nb')
})

test('a wrong text says why, and is named and described', async () => {
  const { user, content } = await open('')
  expect(content).toHaveAccessibleName('Text')
  expect(content).toHaveAccessibleDescription(/press Escape first/)
  expect(content).toHaveAttribute('spellcheck', 'true')
  await user.click(button('Publish'))
  await waitFor(() => expect(content).toBeInvalid())
  expect(content).toHaveAccessibleDescription(/Add some text/)
})

test('find and replace', async () => {
  const { user, press, text } = await open('⟦⟧one two one')
  press('f', { ctrlKey: true, keyCode: 70 })
  const panel = within(screen.getByRole('search', { name: 'Find in the text' }))
  await user.type(panel.getByLabelText('Find'), 'one')
  // Of an input method.
  fireEvent.keyDown(panel.getByLabelText('Find'), { key: 'Enter', isComposing: true })
  expect(panel.getByRole('status')).toHaveTextContent('2 found')
  await user.type(panel.getByLabelText('Find'), '{Enter}')
  expect(panel.getByRole('status')).toHaveTextContent('1 of 2')
  await user.type(panel.getByLabelText('Replace with'), 'three')
  await user.click(panel.getByRole('button', { name: 'Replace all' }))
  expect(text()).toBe('three two three')
  expect(panel.getByRole('status')).toHaveTextContent('Nothing found')
  await user.click(panel.getByRole('button', { name: 'Close' }))
  expect(screen.queryByRole('search', { name: 'Find in the text' })).toBeNull()
})

test('the outline leads to its headings', async () => {
  const { user, now } = await open('⟦⟧# One\n\ntext\n\n## Two\n')
  await user.click(button('Outline'))
  const outline = within(screen.getByRole('navigation', { name: 'Outline of the text' }))
  await user.click(outline.getByRole('button', { name: /Two/ }))
  expect(now()).toBe('# One\n\ntext\n\n## Two⟦⟧\n')
  expect(outline.getByRole('button', { name: /Two/ })).toHaveAttribute('aria-current', 'location')
})

const paste = (content: HTMLElement, data: Record<string, string>, files: File[] = []) =>
  fireEvent.paste(content, {
    clipboardData: {
      types: [...Object.keys(data), ...(files.length > 0 ? ['Files'] : [])],
      files,
      getData: (type: string) => data[type] ?? '',
    },
  })

test('HTML is pasted as Markdown, with Shift as plain text, and so it is in code', async () => {
  const html = { 'text/html': '<p>a <b>bold</b> word</p>', 'text/plain': 'a bold word' }
  const { content, press, text, view } = await open('See ⟦⟧.')
  paste(content, html)
  await waitFor(() => expect(text()).toBe('See a **bold** word.'))
  view.dispatch({ changes: { from: 0, to: text().length } })
  press('V', { ctrlKey: true, shiftKey: true })
  paste(content, html)
  expect(text()).toBe('a bold word')
  press('v', { ctrlKey: true })
  view.dispatch({
    changes: { from: 0, to: text().length, insert: '```\n\n```' },
    selection: { anchor: 4 },
  })
  paste(content, html)
  expect(text()).toBe('```\na bold word\n```')
})

test('an address that is pasted over words makes them a link', async () => {
  const { content, now } = await open('see ⟦here⟧')
  paste(content, { 'text/plain': 'https://a.example/b' })
  expect(now()).toBe('see [here](https://a.example/b)⟦⟧')
})

test('a placeholder of a picture is replaced, and neither undo nor redo brings it back', async () => {
  const { content, user, text } = await open('Before.⟦⟧')
  const png = new File(['x'], 'cat.png', { type: 'image/png' })
  paste(content, { 'text/html': '<img src="x">' }, [png])
  expect(text()).toMatch(/^Before\.\n\n!\[Uploading cat\.png…\]\(upload-[\da-f]{8}\)$/)
  await waitFor(() => expect(FakeRequest.last?.sent).toBeDefined())
  FakeRequest.last?.respond(201, { ...media, state: 'quarantined' })
  const there = `Before.\n\n![A cat](/media/${media.id})`
  await waitFor(() => expect(text()).toBe(there))
  await user.click(button('Undo'))
  expect(text()).toBe('Before.')
  await user.click(button('Redo'))
  expect(text()).toBe(there)
})

test('the preview takes the place of the text, which keeps its undo', async () => {
  const { user, text, content } = await open('⟦word⟧')
  await user.click(button('Bold'))
  await user.click(button('Preview'))
  expect(content).not.toBeVisible()
  expect(screen.getByRole('region', { name: 'Preview' })).toBeInTheDocument()
  await user.click(button('Write'))
  await user.click(button('Undo'))
  expect(text()).toBe('word')
})

test('who prefers a plain field keeps it', async () => {
  const { user } = await open('word')
  await user.click(button('Plain text field'))
  expect(field('Text')).toHaveValue('word')
  expect(button('Plain text field')).toHaveAttribute('aria-pressed', 'true')
  await user.click(button('Plain text field'))
  await contentOf()
  expect(screen.queryByDisplayValue('word')).toBeNull()
})

test('one stop of the Tab key, and arrows from tool to tool', async () => {
  const { user } = await open('word')
  const bar = within(screen.getByRole('toolbar', { name: 'Formatting' }))
  const stops = () => bar.getAllByRole('button').filter(({ tabIndex }) => tabIndex === 0)
  expect(stops()).toHaveLength(1)
  button('Undo').focus()
  await user.keyboard('{ArrowRight}{ArrowRight}')
  expect(button('Bold')).toHaveFocus()
  await user.keyboard('{End}{ArrowRight}')
  expect(button('Undo')).toHaveFocus()
  expect(stops()).toEqual([button('Undo')])
})
