import { describe, expect, test } from 'vitest'
import {
  type Edit,
  insertCodeBlock,
  insertLink,
  type Selection,
  toggleMark,
  togglePrefix,
} from './markdown-edits.ts'

/** `[` and `]` mark the selection, before and after. */
function run(marked: string, edit: (selection: Selection) => Edit) {
  const start = marked.indexOf('[')
  const end = marked.indexOf(']') - 1
  const text = marked.replace('[', '').replace(']', '')
  const { start: from, end: to, insert, selectStart, selectEnd } = edit({ text, start, end })
  const next = text.slice(0, from) + insert + text.slice(to)
  return `${next.slice(0, selectStart)}[${next.slice(selectStart, selectEnd)}]${next.slice(selectEnd)}`
}

const bold = (at: Selection) => toggleMark(at, '**', 'bold')

describe('toggleMark', () => {
  test.each([
    ['a [word] here', 'a **[word]** here'],
    ['a **[word]** here', 'a [word] here'],
    ['a [] here', 'a **[bold]** here'],
    ['[word]', '**[word]**'],
  ])('%s becomes %s', (before, after) => {
    expect(run(before, bold)).toBe(after)
  })
})

describe('togglePrefix', () => {
  test.each([
    ['one\ntw[]o\nthree', 'one\n[- two]\nthree'],
    ['[one\ntwo]', '[- one\n- two]'],
    ['- o[ne\n- tw]o', '[one\ntwo]'],
    ['[- one\ntwo]', '[- - one\n- two]'],
    ['[]', '[- ]'],
  ])('%j becomes %j', (before, after) => {
    expect(run(before, (at) => togglePrefix(at, '- '))).toBe(after)
  })
})

test('insertLink selects the place of the address', () => {
  const { insert, selectStart, selectEnd } = insertLink({ text: 'see here now', start: 4, end: 8 })
  expect(insert).toBe('[here](https://)')
  expect('see [here](https://) now'.slice(selectStart, selectEnd)).toBe('https://')
})

test('insertCodeBlock begins on a line of its own', () => {
  expect(run('text[x]', insertCodeBlock)).toBe('text\n```\n[x]\n```\n')
  expect(run('[x]', insertCodeBlock)).toBe('```\n[x]\n```\n')
})
