import { lineEnd, lineStart } from './blocks.ts'
import type { Edit, Selection } from './text-editor.ts'

export type Align = 'left' | 'center' | 'right' | null

/** A table of a text and the cell at a place; the first row is its head. */
export type TablePlace = {
  start: number
  end: number
  rows: string[][]
  aligns: Align[]
  /** Counted from 0, the head among them. */
  row: number
  column: number
}

/** Larger ones are left to be edited as text. */
const MOST_CELLS = 5_000

/** The table around a place, if there is one. */
export function tableAt(text: string, at: number): TablePlace | undefined {
  const isRow = (from: number) => text.slice(from, lineEnd(text, from)).includes('|')
  let start = lineStart(text, at)
  if (!isRow(start)) return undefined
  while (start > 0 && isRow(lineStart(text, start - 1))) start = lineStart(text, start - 1)
  let end = lineEnd(text, at)
  while (end < text.length && isRow(end + 1)) end = lineEnd(text, end + 1)
  const lines = text.slice(start, end).split('\n')
  const aligns = alignsOf(lines[1])
  if (!aligns) return undefined
  const cells = lines.map(cellsOf)
  if (cells.length * aligns.length > MOST_CELLS) return undefined
  const rows = cells
    .filter((_, index) => index !== 1)
    .map((row) => aligns.map((_, column) => row[column] ?? ''))
  const line = text.slice(start, at).split('\n').length - 1
  const before = cellsOf(`${text.slice(lineStart(text, at), at)}.`)
  return {
    start,
    end,
    rows,
    aligns,
    row: Math.max(0, line - (line > 0 ? 1 : 0)),
    column: Math.min(Math.max(0, before.length - 1), aligns.length - 1),
  }
}

const delimiter = /^:?-+:?$/

function alignsOf(line: string | undefined): Align[] | undefined {
  if (!line?.includes('-')) return undefined
  const cells = cellsOf(line)
  if (cells.length === 0 || !cells.every((cell) => delimiter.test(cell))) return undefined
  return cells.map((cell) => {
    if (cell.endsWith(':')) return cell.startsWith(':') ? 'center' : 'right'
    return cell.startsWith(':') ? 'left' : null
  })
}

/** What stands between the bars of a line, but those that are escaped. */
function cellsOf(line: string): string[] {
  const cells = ['']
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? ''
    if (char === '|') {
      cells.push('')
      continue
    }
    const taken = char === '\\' ? char + (line[++at] ?? '') : char
    cells[cells.length - 1] += taken
  }
  if (cells[0]?.replaceAll('>', '').trim() === '' && cells.length > 1) cells.shift()
  if (cells.length > 1 && cells.at(-1)?.trim() === '') cells.pop()
  return cells.map((cell) => cell.trim())
}

/** Columns are drawn as wide as their cells, up to this. */
const WIDEST = 32

type Drawn = { rows: string[][]; aligns: Align[]; row: number; column: number }

/** The lines of a table, and where the content of one of its cells stands in them. */
function draw({ rows, aligns, row, column }: Drawn) {
  const widths = aligns.map((_, index) =>
    Math.min(WIDEST, Math.max(3, ...rows.map((cells) => (cells[index] ?? '').length))),
  )
  const rule = `| ${aligns.map((align, index) => ruleOf(align, widths[index] ?? 3)).join(' | ')} |`
  let text = ''
  let start = 0
  let end = 0
  rows.forEach((cells, rowIndex) => {
    text += rowIndex === 0 ? '|' : '\n|'
    widths.forEach((width, index) => {
      const cell = cells[index] ?? ''
      text += ' '
      if (rowIndex === row && index === column) {
        start = text.length
        end = start + cell.length
      }
      text += `${cell.padEnd(width)} |`
    })
    if (rowIndex === 0) text += `\n${rule}`
  })
  return { text, start, end }
}

function ruleOf(align: Align, width: number) {
  const right = align === 'right' || align === 'center' ? ':' : '-'
  return (align === 'left' || align === 'center' ? ':' : '-') + '-'.repeat(width - 2) + right
}

/** A new table of two columns at the selection, whose first cell is selected. */
export function insertTable({ text, start, end }: Selection): Edit {
  const rows = [
    [text.slice(start, end).replaceAll(/[\n|]/g, ' ').trim() || 'Heading', 'Heading'],
    ['', ''],
    ['', ''],
  ]
  const drawn = draw({ rows, aligns: [null, null], row: 0, column: 0 })
  const before = text.slice(0, start)
  const lead = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n'
  const after = text.slice(end, end + 2)
  const trail = after === '' || after === '\n\n' ? '' : after.startsWith('\n') ? '\n' : '\n\n'
  const at = start + lead.length
  return {
    start,
    end,
    insert: lead + drawn.text + trail,
    selectStart: at + drawn.start,
    selectEnd: at + drawn.end,
  }
}

function redraw(place: TablePlace, change: Partial<Drawn>): Edit {
  const drawn = draw({ ...place, ...change })
  return {
    start: place.start,
    end: place.end,
    insert: drawn.text,
    selectStart: place.start + drawn.start,
    selectEnd: place.start + drawn.end,
  }
}

/** A change of the table around the caret; null where there is none, or where it would leave no table. */
export type TableEdit = (place: TablePlace) => Edit | null

export const atTable =
  (edit: TableEdit) =>
  ({ text, start }: Selection): Edit | null => {
    const place = tableAt(text, start)
    return place ? edit(place) : null
  }

const emptyRow = ({ aligns }: TablePlace) => aligns.map(() => '')

/** Nothing stands above the head of a table. */
export const addRowAbove: TableEdit = (place) =>
  place.row === 0
    ? null
    : redraw(place, { rows: place.rows.toSpliced(place.row, 0, emptyRow(place)) })

export const addRowBelow: TableEdit = (place) =>
  redraw(place, {
    rows: place.rows.toSpliced(place.row + 1, 0, emptyRow(place)),
    row: place.row + 1,
  })

/** The head stays: without it, it is no table. */
export const removeRow: TableEdit = (place) => {
  if (place.row === 0) return null
  const rows = place.rows.toSpliced(place.row, 1)
  return redraw(place, { rows, row: Math.min(place.row, rows.length - 1) })
}

const addColumn = (place: TablePlace, column: number) =>
  redraw(place, {
    rows: place.rows.map((cells) => cells.toSpliced(column, 0, '')),
    aligns: place.aligns.toSpliced(column, 0, null),
    column,
  })

export const addColumnBefore: TableEdit = (place) => addColumn(place, place.column)
export const addColumnAfter: TableEdit = (place) => addColumn(place, place.column + 1)

export const removeColumn: TableEdit = (place) => {
  if (place.aligns.length === 1) return null
  const aligns = place.aligns.toSpliced(place.column, 1)
  return redraw(place, {
    rows: place.rows.map((cells) => cells.toSpliced(place.column, 1)),
    aligns,
    column: Math.min(place.column, aligns.length - 1),
  })
}

export const alignColumn =
  (align: Align): TableEdit =>
  (place) =>
    redraw(place, {
      aligns: place.aligns.with(place.column, place.aligns[place.column] === align ? null : align),
    })

export const removeTable: TableEdit = ({ start, end }) => ({
  start,
  end,
  insert: '',
  selectStart: start,
  selectEnd: start,
})

/** Selects the content of the next cell; after the last one a row is added. */
export const nextCell: TableEdit = (place) => {
  if (place.column < place.aligns.length - 1) return redraw(place, { column: place.column + 1 })
  if (place.row < place.rows.length - 1) {
    return redraw(place, { row: place.row + 1, column: 0 })
  }
  return addRowBelow({ ...place, column: 0 })
}

/** Null at the first cell. */
export const previousCell: TableEdit = (place) => {
  if (place.column > 0) return redraw(place, { column: place.column - 1 })
  if (place.row === 0) return null
  return redraw(place, { row: place.row - 1, column: place.aligns.length - 1 })
}
