import type { Edit, Selection } from './text-editor.ts'

/** What a line begins with and what follows; a heading, an item of a list, or neither. */
export type Line = {
  /** Spaces and marks of quotes. */
  lead: string
  marker: string
  rest: string
}

export type LineKind = 'heading 2' | 'heading 3' | 'heading 4' | 'bullets' | 'numbers' | 'tasks'

const leads = /^[ \t]*(?:>[ \t]?)*/
const markers = /^(?:#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?|\d{1,9}[.)][ \t]+)/

export function readLine(line: string): Line {
  const lead = leads.exec(line)?.[0] ?? ''
  const marker = markers.exec(line.slice(lead.length))?.[0] ?? ''
  return { lead, marker, rest: line.slice(lead.length + marker.length) }
}

/** The whole lines that a selection touches. */
export function linesAt({ text, start, end }: Selection) {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const after = text.indexOf('\n', end)
  const to = after === -1 ? text.length : after
  return { from, to, lines: text.slice(from, to).split('\n') }
}

export function kindOf(marker: string): LineKind | `heading ${number}` | null {
  if (marker === '') return null
  if (marker.startsWith('#')) return `heading ${marker.trimEnd().length}`
  if (/^\d/.test(marker)) return 'numbers'
  return marker.includes('[') ? 'tasks' : 'bullets'
}

/** Makes the lines headings or items of a list, or plain again where all of them are that already. */
export function toggleLines(selection: Selection, kind: LineKind): Edit {
  const { from, to, lines } = linesAt(selection)
  const read = lines.map(readLine)
  const isBlank = ({ marker, rest }: Line) => marker === '' && rest.trim() === ''
  const touched = read.length === 1 ? read : read.filter((line) => !isBlank(line))
  const all = touched.every(({ marker }) => kindOf(marker) === kind)
  let number = 0
  const changed = read.map((line) => {
    if (!touched.includes(line)) return line.lead + line.rest
    number += 1
    return line.lead + (all ? '' : markerOf(kind, number)) + line.rest
  })
  return over(selection, { from, to, before: lines, after: changed })
}

/** Puts the lines into a quote, or takes them out where all of them are in one. */
export function toggleQuote(selection: Selection): Edit {
  const { from, to, lines } = linesAt(selection)
  const all = lines.every((line) => line.startsWith('>'))
  const changed = lines.map((line) => (all ? line.replace(/^>[ \t]?/, '') : `> ${line}`.trimEnd()))
  const only = changed.length === 1 && changed[0] === '>' ? ['> '] : changed
  return over(selection, { from, to, before: lines, after: only })
}

function markerOf(kind: LineKind, number: number) {
  if (kind === 'bullets') return '- '
  if (kind === 'numbers') return `${number}. `
  return kind === 'tasks' ? '- [ ] ' : `${'#'.repeat(Number(kind.slice(-1)))} `
}

type Replaced = { from: number; to: number; before: string[]; after: string[] }

/** A caret stays in its word; what was selected over several lines is selected as whole lines. */
function over({ start, end }: Selection, { from, to, before, after }: Replaced): Edit {
  const insert = after.join('\n')
  if (start !== end || after.length > 1) {
    return { start: from, end: to, insert, selectStart: from, selectEnd: from + insert.length }
  }
  const at = Math.max(from, start + insert.length - before.join('\n').length)
  return { start: from, end: to, insert, selectStart: at, selectEnd: at }
}

/** Puts an item of a list, and what is selected with it, one level deeper; null where the caret is in no item. */
export function indentItem(selection: Selection): Edit | null {
  const { from, to, lines } = linesAt(selection)
  const [first] = lines.map(readLine)
  if (!first || !isItem(first)) return null
  const step = ' '.repeat(kindOf(first.marker) === 'numbers' ? first.marker.length : 2)
  const after = lines.map((line) => {
    const { lead, marker, rest } = readLine(line)
    return lead + step + marker + rest
  })
  return over(selection, { from, to, before: lines, after })
}

/** Takes an item one level out; null where it is in the outermost, or in no list. */
export function outdentItem(selection: Selection): Edit | null {
  const { from, to, lines } = linesAt(selection)
  const [first] = lines.map(readLine)
  if (!first || !isItem(first) || !/[ \t]{2}$|\t$/.test(first.lead)) return null
  const after = lines.map((line) => {
    const { lead, marker, rest } = readLine(line)
    return lead.replace(/(?:\t| {1,3})$/, '') + marker + rest
  })
  return over(selection, { from, to, before: lines, after })
}

const isItem = ({ marker }: Line) => marker !== '' && !marker.startsWith('#')
