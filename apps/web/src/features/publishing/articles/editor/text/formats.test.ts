import { expect, test } from 'vitest'
import { formatsAt } from './formats.ts'
import { headingAt, headingsOf } from './headings.ts'

/** What is at the caret `⟦⟧`, by name. */
function at(marked: string) {
  const start = marked.indexOf('⟦')
  const text = marked.replace('⟦⟧', '')
  const { marks, link, line, quote, callout, codeBlock, table } = formatsAt({
    text,
    start,
    end: start,
  })
  return [
    ...Object.entries(marks).flatMap(([mark, isOn]) => (isOn ? [mark] : [])),
    ...(link ? ['link'] : []),
    ...(line ? [line] : []),
    ...(quote ? ['quote'] : []),
    ...(callout ? [callout] : []),
    ...(codeBlock === null ? [] : [`code block ${codeBlock}`]),
    ...(table ? ['table'] : []),
  ]
}

test.each([
  ['pl⟦⟧ain', []],
  ['a **bo⟦⟧ld** b', ['**']],
  ['a **bold** ⟦⟧b', []],
  ['***bo⟦⟧th***', ['**', '*']],
  ['~~str⟦⟧uck~~ `a`', ['~~']],
  ['`co⟦⟧de *a*`', ['`']],
  ['a * b⟦⟧ * c', []],
  ['a [li⟦⟧nk](/b)', ['link']],
  ['### tit⟦⟧le', ['heading 3']],
  ['- [ ] ta⟦⟧sk', ['tasks']],
  ['> 1. it⟦⟧em', ['numbers', 'quote']],
  ['> [!tip]\n> wo⟦⟧rd', ['quote', 'TIP']],
  ['```js\n**a⟦⟧**\n```', ['code block js']],
  ['```\na\n```\n\n**b⟦⟧**', ['**']],
  ['| a⟦⟧ |\n| - |', ['table']],
])('at the caret of %j: %j', (marked, names) => {
  expect(at(marked)).toEqual(names)
})

test('hostile texts take no longer than their length', () => {
  const hostile = [
    '*',
    '**a',
    '_a_ ',
    '[',
    '`',
    '> ',
    '~~~\n',
    '| ',
    '#',
    '\\',
    '[](',
    '*a **b ',
  ].map((part) => part.repeat(100_000 / part.length))
  const from = performance.now()
  for (const text of hostile) formatsAt({ text, start: 50_000, end: 50_000 })
  expect(performance.now() - from).toBeLessThan(2_000)
})

test('the outline has the headings, without their marks and those of code', () => {
  const text = '# One *two*\n\n```\n# no\n```\n\n## [Three](/a) ##\n\n#four\n'
  const headings = headingsOf(text)
  expect(headings.map(({ level, text: title }) => [level, title])).toEqual([
    [1, 'One two'],
    [2, 'Three'],
  ])
  expect(headingAt(headings, text, 3)).toBe(0)
  expect(headingAt(headings, text, text.length)).toBe(1)
  expect(headingAt(headings, `\n${text}`, -1)).toBe(-1)
})
