import { lineEnd, lineStart } from './blocks.ts'
import { linesAt } from './lines.ts'
import type { Edit, Selection } from './text-editor.ts'

/** The callouts that GitHub's syntax knows, as people call them. */
export const callouts = {
  NOTE: 'Note',
  TIP: 'Tip',
  IMPORTANT: 'Important',
  WARNING: 'Warning',
  CAUTION: 'Caution',
} as const

export type Callout = keyof typeof callouts

type CalloutPlace = { start: number; end: number; kindStart: number; kind: Callout }

const opening = /^(>[ \t]?\[!)(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]/i

/** The callout around a place: a quote whose first line names its kind. */
export function calloutAt(text: string, at: number): CalloutPlace | undefined {
  const isQuote = (from: number) => text[from] === '>'
  let start = lineStart(text, at)
  if (!isQuote(start)) return undefined
  while (start > 0 && isQuote(lineStart(text, start - 1))) start = lineStart(text, start - 1)
  const [, before = '', kind = ''] = opening.exec(text.slice(start, lineEnd(text, start))) ?? []
  const found = calloutNamed(kind)
  if (!found) return undefined
  let end = lineEnd(text, at)
  while (end < text.length && isQuote(end + 1)) end = lineEnd(text, end + 1)
  return { start, end, kindStart: start + before.length, kind: found }
}

/** Makes the lines a callout; of one, takes it away again. */
export function toggleCallout(selection: Selection): Edit {
  const place = calloutAt(selection.text, selection.start)
  if (place && selection.end <= place.end) return withoutCallout(selection.text, place)
  const { from, to, lines } = linesAt(selection)
  const sample = 'What readers should notice'
  const isEmpty = lines.join('').trim() === ''
  const content = isEmpty ? [sample] : lines
  const lead = from === 0 || selection.text.slice(0, from).endsWith('\n\n') ? '' : '\n'
  const trail = to === selection.text.length || selection.text[to + 1] === '\n' ? '' : '\n'
  const quoted = content.map((line) => `> ${line}`.trimEnd()).join('\n')
  const insert = `${lead}> [!NOTE]\n${quoted}${trail}`
  const end = from + insert.length - trail.length
  return {
    start: from,
    end: to,
    insert,
    selectStart: isEmpty ? end - sample.length : end,
    selectEnd: end,
  }
}

/** Makes the callout around the caret one of another kind. */
export function setCallout({ text, start, end }: Selection, kind: Callout): Edit | null {
  const place = calloutAt(text, start)
  if (!place) return null
  const kindEnd = place.kindStart + place.kind.length
  const moved = (at: number) => (at < kindEnd ? at : at + kind.length - place.kind.length)
  return {
    start: place.kindStart,
    end: kindEnd,
    insert: kind,
    selectStart: moved(start),
    selectEnd: moved(end),
  }
}

function withoutCallout(text: string, { start, end }: CalloutPlace): Edit {
  const [, ...lines] = text.slice(start, end).split('\n')
  const insert = lines.map((line) => line.replace(/^>[ \t]?/, '')).join('\n')
  const last = start + insert.length
  return { start, end, insert, selectStart: last, selectEnd: last }
}

const calloutNamed = (name: string) =>
  (Object.keys(callouts) as Callout[]).find((kind) => kind === name.toUpperCase()) // the keys are the kinds
