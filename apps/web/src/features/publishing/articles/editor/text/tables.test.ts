import { describe, expect, test } from 'vitest'
import {
  addColumnAfter,
  addColumnBefore,
  addRowAbove,
  addRowBelow,
  alignColumn,
  atTable,
  insertTable,
  nextCell,
  previousCell,
  removeColumn,
  removeRow,
  removeTable,
  tableAt,
  type TableEdit,
} from './tables.ts'
import { edited } from './text-editor.ts'

const table = `| a   | b   |
| --- | --- |
| c   | d   |`

/** The table with the caret in this cell, after the edit; the content that is selected stands in `⟦⟧`. */
function run(cell: string, edit: TableEdit, text = table) {
  const start = text.indexOf(cell)
  const change = atTable(edit)({ text, start, end: start })
  if (!change) return null
  const next = edited(text, change)
  const { selectStart, selectEnd } = change
  return `${next.slice(0, selectStart)}⟦${next.slice(selectStart, selectEnd)}⟧${next.slice(selectEnd)}`
}

const lines = (...rows: string[]) => rows.join('\n')

test.each<[string, string, TableEdit, string | null]>([
  [
    'a row below',
    'a',
    addRowBelow,
    lines('| a   | b   |', '| --- | --- |', '| ⟦⟧    |     |', '| c   | d   |'),
  ],
  [
    'a row above',
    'd',
    addRowAbove,
    lines('| a   | b   |', '| --- | --- |', '|     | ⟦⟧    |', '| c   | d   |'),
  ],
  ['nothing above the head', 'a', addRowAbove, null],
  ['a row removed', 'c', removeRow, lines('| ⟦a⟧   | b   |', '| --- | --- |')],
  ['the head stays', 'a', removeRow, null],
  [
    'a column before',
    'd',
    addColumnBefore,
    lines('| a   |     | b   |', '| --- | --- | --- |', '| c   | ⟦⟧    | d   |'),
  ],
  [
    'a column after',
    'b',
    addColumnAfter,
    lines('| a   | b   | ⟦⟧    |', '| --- | --- | --- |', '| c   | d   |     |'),
  ],
  ['a column removed', 'b', removeColumn, lines('| ⟦a⟧   |', '| --- |', '| c   |')],
  [
    'a column aligned',
    'd',
    alignColumn('right'),
    lines('| a   | b   |', '| --- | --: |', '| c   | ⟦d⟧   |'),
  ],
  ['no table', 'a', removeTable, '⟦⟧'],
  ['the next cell', 'a', nextCell, lines('| a   | ⟦b⟧   |', '| --- | --- |', '| c   | d   |')],
  ['the next row', 'b', nextCell, lines('| a   | b   |', '| --- | --- |', '| ⟦c⟧   | d   |')],
  [
    'a new row at the end',
    'd',
    nextCell,
    lines('| a   | b   |', '| --- | --- |', '| c   | d   |', '| ⟦⟧    |     |'),
  ],
  [
    'the cell before',
    'c',
    previousCell,
    lines('| a   | ⟦b⟧   |', '| --- | --- |', '| c   | d   |'),
  ],
  ['nothing before the first', 'a', previousCell, null],
])('%s', (_name, cell, edit, after) => {
  expect(run(cell, edit)).toBe(after)
})

describe('a table of a text', () => {
  test('may lack bars and cells, and hold escaped bars', () => {
    const text = 'Before\n\na | b\n:-: | -\nc \\| d\n'
    expect(tableAt(text, text.indexOf('c'))).toMatchObject({
      rows: [
        ['a', 'b'],
        [String.raw`c \| d`, ''],
      ],
      aligns: ['center', null],
      row: 1,
      column: 0,
    })
  })

  test.each(['a | b', 'a | b\nc | d', '| - |', 'plain', ''])('is not %j', (text) => {
    expect(tableAt(text, 0)).toBeUndefined()
  })

  test('too large a one stays text', () => {
    const text = `${'|a'.repeat(1000)}|\n${'|-'.repeat(1000)}|\n${'|b\n'.repeat(1000)}`
    expect(tableAt(text, 3)).toBeUndefined()
  })
})

test('a new table has a paragraph of its own, and its first cell is selected', () => {
  const change = insertTable({ text: 'one\ntwo', start: 3, end: 3 })
  const next = edited('one\ntwo', change)
  expect(next).toBe(
    'one\n\n| Heading | Heading |\n| ------- | ------- |\n|         |         |\n|         |         |\n\ntwo',
  )
  expect(next.slice(change.selectStart, change.selectEnd)).toBe('Heading')
})
