import { describe, expect, test } from 'vitest'
import { setLanguage, toggleCodeBlock } from './code-blocks.ts'
import { insertFootnote } from './footnotes.ts'
import { toggleMark } from './inline-marks.ts'
import { indentItem, outdentItem, toggleLines, toggleQuote } from './lines.ts'
import { toggleLink } from './links.ts'
import { setCallout, toggleCallout } from './quotes.ts'
import { type Edit, edited, type Selection } from './text-editor.ts'

/** `⟦` and `⟧` mark the selection, before and after. */
export function run(marked: string, edit: (selection: Selection) => Edit | null) {
  const start = marked.indexOf('⟦')
  const end = marked.indexOf('⟧') - 1
  const text = marked.replace('⟦', '').replace('⟧', '')
  const change = edit({ text, start, end })
  if (!change) return null
  const next = edited(text, change)
  const { selectStart, selectEnd } = change
  return `${next.slice(0, selectStart)}⟦${next.slice(selectStart, selectEnd)}⟧${next.slice(selectEnd)}`
}

type Case = [before: string, after: string | null]

function check(cases: Case[], edit: (selection: Selection) => Edit | null) {
  test.each(cases)('%j becomes %j', (before, after) => {
    expect(run(before, edit)).toBe(after)
  })
}

describe('bold', () => {
  const cases: Case[] = [
    ['a ⟦word⟧ here', 'a **⟦word⟧** here'],
    ['a **⟦word⟧** here', 'a ⟦word⟧ here'],
    ['a ⟦**word**⟧ here', 'a ⟦word⟧ here'],
    ['a **two ⟦⟧words** here', 'a two ⟦⟧words here'],
    ['a **two ⟦wor⟧ds** here', 'a two ⟦wor⟧ds here'],
    ['a ⟦⟧ here', 'a **⟦bold⟧** here'],
    ['a wo⟦⟧rd', 'a **wo⟦⟧rd**'],
    ['⟦word⟧', '**⟦word⟧**'],
    ['a⟦ word ⟧here', 'a **⟦word⟧** here'],
    ['⟦- one\n- two⟧', '⟦- **one**\n- **two**⟧'],
    ['`**⟦a⟧**`', '`****⟦a⟧****`'],
    [String.raw`\**⟦a⟧**`, String.raw`\****⟦a⟧****`],
  ]
  check(cases, (at) => toggleMark(at, '**', 'bold'))
})

describe('italic', () => {
  const cases: Case[] = [
    ['⟦word⟧', '*⟦word⟧*'],
    ['**⟦word⟧**', '***⟦word⟧***'],
    ['***⟦word⟧***', '**⟦word⟧**'],
    ['an _old ⟦⟧way_', 'an old ⟦⟧way'],
    ['snake_⟦case⟧_name', 'snake_*⟦case⟧*_name'],
  ]
  check(cases, (at) => toggleMark(at, '*', 'italic'))
})

describe('headings and lists', () => {
  check(
    [
      ['one\ntw⟦⟧o\nthree', 'one\n- tw⟦⟧o\nthree'],
      ['⟦one\ntwo⟧', '⟦- one\n- two⟧'],
      ['- o⟦ne\n- tw⟧o', '⟦one\ntwo⟧'],
      ['⟦- one\ntwo⟧', '⟦- one\n- two⟧'],
      ['⟦1. one\n\n2. two⟧', '⟦- one\n\n- two⟧'],
      ['- [x] don⟦⟧e', '- don⟦⟧e'],
      ['> quo⟦⟧ted', '> - quo⟦⟧ted'],
      ['⟦⟧', '- ⟦⟧'],
    ],
    (at) => toggleLines(at, 'bullets'),
  )
  check([['⟦one\n- two⟧', '⟦1. one\n2. two⟧']], (at) => toggleLines(at, 'numbers'))
  check([['⟦one\n- two⟧', '⟦- [ ] one\n- [ ] two⟧']], (at) => toggleLines(at, 'tasks'))
  check(
    [
      ['tit⟦⟧le', '## tit⟦⟧le'],
      ['#### tit⟦⟧le', '## tit⟦⟧le'],
      ['## tit⟦⟧le', 'tit⟦⟧le'],
    ],
    (at) => toggleLines(at, 'heading 2'),
  )
})

describe('levels of lists', () => {
  check(
    [
      ['- a\n- b⟦⟧', '- a\n  - b⟦⟧'],
      ['1. a\n2. b⟦⟧', '1. a\n   2. b⟦⟧'],
      ['text⟦⟧', null],
      ['## title⟦⟧', null],
    ],
    indentItem,
  )
  check(
    [
      ['- a\n  - b⟦⟧', '- a\n- b⟦⟧'],
      ['- b⟦⟧', null],
    ],
    outdentItem,
  )
})

describe('quotes and callouts', () => {
  check(
    [
      ['⟦one\n\ntwo⟧', '⟦> one\n>\n> two⟧'],
      ['⟦> one\n>\n> two⟧', '⟦one\n\ntwo⟧'],
      ['⟦⟧', '> ⟦⟧'],
    ],
    toggleQuote,
  )
  check(
    [
      ['Mind ⟦⟧it.', '> [!NOTE]\n> Mind it.⟦⟧'],
      ['⟦⟧', '> [!NOTE]\n> ⟦What readers should notice⟧'],
      ['before\n⟦it⟧\nafter', 'before\n\n> [!NOTE]\n> it⟦⟧\n\nafter'],
      ['> [!TIP]\n> on⟦⟧e\n> two', 'one\ntwo⟦⟧'],
    ],
    toggleCallout,
  )
  check(
    [
      ['> [!NOTE]\n> on⟦⟧e', '> [!WARNING]\n> on⟦⟧e'],
      ['> on⟦⟧e', null],
    ],
    (at) => setCallout(at, 'WARNING'),
  )
})

describe('links', () => {
  check(
    [
      ['see ⟦here⟧ now', 'see [here](⟦https://⟧) now'],
      ['⟦⟧', '[text](⟦https://⟧)'],
      ['⟦https://a.example/(b)⟧', '[⟦text⟧](https://a.example/%28b%29)'],
      ['a [lin⟦⟧k](https://a.example "t") b', 'a ⟦link⟧ b'],
      ['![pic⟦⟧ture](/a.png)', '![pic[text](⟦https://⟧)ture](/a.png)'],
    ],
    toggleLink,
  )
})

describe('blocks of code', () => {
  check(
    [
      ['text⟦x⟧', 'text\n```\n⟦x⟧\n```\n'],
      ['⟦x⟧', '```\n⟦x⟧\n```\n'],
      ['⟦a ``` b⟧', '````\n⟦a ``` b⟧\n````\n'],
      ['a\n```js\none\nt⟦⟧wo\n```\nb', 'a\n⟦one\ntwo⟧\nb'],
      ['```js\none⟦⟧', '⟦one⟧'],
    ],
    toggleCodeBlock,
  )
  check(
    [
      ['```\none⟦⟧\n```', '```ts\none⟦⟧\n```'],
      ['~~~ js title\non⟦⟧e\n~~~', '~~~ ts title\non⟦⟧e\n~~~'],
      ['one⟦⟧', null],
    ],
    (at) => setLanguage(at, 't s`'),
  )
})

describe('footnotes', () => {
  check(
    [
      ['one⟦⟧ two', 'one[^1] two\n\n[^1]: ⟦⟧'],
      ['one⟦⟧', 'one[^1]\n\n[^1]: ⟦⟧'],
      ['one[^1] two⟦⟧\n\n[^1]: First.', 'one[^1] two[^2]\n\n[^1]: First.\n[^2]: ⟦⟧'],
      ['one⟦⟧\n', 'one[^1]\n\n[^1]: ⟦⟧'],
    ],
    insertFootnote,
  )
})
