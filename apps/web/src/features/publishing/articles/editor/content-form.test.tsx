import { fireEvent, screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { serve } from '../../../../../test/api.ts'
import { mira } from '../../../../../test/examples.ts'
import { draft } from '../../../../../test/publishing/examples.ts'
import { button, expectRight, expectWrong, field } from '../../../../../test/fields.ts'
import { editorReplies, writeInPlainField } from '../../../../../test/publishing/editor.ts'
import { show } from '../../../../../test/render.tsx'
import { Editor } from './editor.tsx'

beforeEach(() => {
  writeInPlainField()
  serve({
    ...editorReplies,
    'tags.list': () => ({
      items: [{ slug: 'typography', articleCount: 3 }],
      page: { nextCursor: null },
    }),
    'articles.update': () => draft,
  })
})

const open = (body: string) =>
  show(<Editor source={{ ...draft, body }} onCreated={() => {}} />, { user: mira })

function text() {
  const area = field('Text')
  if (!(area instanceof HTMLTextAreaElement)) throw new Error('The text is no textarea.')
  return area
}

const selected = () => text().value.slice(text().selectionStart, text().selectionEnd)

test.each([
  ['Bold', '**hedge**', 'hedge'],
  ['Italic', '*hedge*', 'hedge'],
  ['Code', '`hedge`', 'hedge'],
  ['Link', '[hedge](https://)', 'https://'],
  ['Strikethrough', '~~hedge~~', 'hedge'],
  ['Heading 2', '## hedge', '## hedge'],
  ['Heading 4', '#### hedge', '#### hedge'],
  ['Quote', '> hedge', '> hedge'],
  ['Bulleted list', '- hedge', '- hedge'],
  ['Numbered list', '1. hedge', '1. hedge'],
  ['Task list', '- [ ] hedge', '- [ ] hedge'],
  ['Code block', '```\nhedge\n```\n', 'hedge'],
])('%s changes the selection, which stays selected', async (name, result, selection) => {
  const { user } = await open('hedge')
  text().setSelectionRange(0, 5)
  await user.click(button(name))
  expect(text()).toHaveValue(result)
  expect(text()).toHaveFocus()
  expect(selected()).toBe(selection)
})

test('the same button takes the mark away again', async () => {
  const { user } = await open('a **hedge**')
  text().setSelectionRange(4, 9)
  await user.click(button('Bold'))
  expect(text()).toHaveValue('a hedge')
})

test('what the toolbar does counts as typed: it is shown, counted and saved', async () => {
  const { user } = await open('')
  await user.click(button('Bold'))
  expect(text()).toHaveValue('**bold**')
  expect(screen.getByText('1 word')).toBeInTheDocument()
  expect(screen.getByText('Saving…')).toBeInTheDocument()
})

test('the shortcuts do the same from the keyboard', async () => {
  const { user } = await open('hedge')
  await user.click(text())
  text().setSelectionRange(0, 5)
  await user.keyboard('{Control>}i{/Control}')
  expect(text()).toHaveValue('*hedge*')
})

const tags = () =>
  within(screen.getByRole('list', { name: 'Tags of this article' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent)

test('a tag ends with Enter, a comma or on leaving the field, and is written as the API writes it', async () => {
  const { user } = await open('')
  await user.type(field('Tags'), 'Web Performance{Enter}')
  expect(tags()).toEqual(['web performance'])
  await user.type(field('Tags'), 'css,hedges')
  expect(tags()).toEqual(['web performance', 'css'])
  await user.click(field('Title'))
  expect(tags()).toEqual(['web performance', 'css', 'hedges'])
  expect(field('Tags')).toHaveValue('')
})

test('the Enter that ends a word of an input method ends no tag', async () => {
  const { user } = await open('')
  await user.type(field('Tags'), '生け')
  fireEvent.keyDown(field('Tags'), { key: 'Enter', isComposing: true })
  expect(field('Tags')).toHaveValue('生け')
  await user.type(field('Tags'), '垣{Enter}')
  expect(tags()).toEqual(['生け垣'])
})

test('a sixth tag is refused and stays in the field', async () => {
  const { user } = await open('')
  await user.type(field('Tags'), 'a1,b2,c3,d4,e5,f6,')
  expect(tags()).toHaveLength(5)
  await expectWrong('Tags', 'at most 5')
  expect(field('Tags')).toHaveValue('f6')
})

test('what cannot be a tag says why, until it can', async () => {
  const { user } = await open('')
  await user.type(field('Tags'), '!!!{Enter}')
  expect(field('Tags')).toBeInvalid()
  await user.clear(field('Tags'))
  await user.type(field('Tags'), 'css{Enter}')
  expectRight('Tags')
  expect(tags()).toEqual(['css'])
})

test('nothing is said against a tag that is not there any more, nor against one that has room now', async () => {
  const { user } = await open('')
  await user.type(field('Tags'), '!!!{Enter}')
  expect(field('Tags')).toBeInvalid()
  await user.clear(field('Tags'))
  await user.click(field('Title'))
  expectRight('Tags')
  await user.type(field('Tags'), 'a1,b2,c3,d4,e5,f6,')
  expect(field('Tags')).toBeInvalid()
  await user.click(button('Remove a1'))
  expectRight('Tags')
})

test('a removed tag leaves the keyboard in the field', async () => {
  const { user } = await open('')
  await user.type(field('Tags'), 'css,hedges,')
  await user.click(button('Remove css'))
  expect(tags()).toEqual(['hedges'])
  expect(field('Tags')).toHaveFocus()
})

test('a field that is not valid is marked, and the rest is saved', async () => {
  const { user } = await open('')
  await user.type(field('Cover picture'), 'not an address')
  await user.keyboard('{Control>}s{/Control}')
  await screen.findByText('Saved, except the fields marked below')
  expect(field('Cover picture')).toBeInvalid()
  expect(field('Cover picture')).toHaveValue('not an address')
})
