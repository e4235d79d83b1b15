import { codeBlockAt, lineEnd, lineStart } from './blocks.ts'
import { markAround, type Mark } from './inline-marks.ts'
import { kindOf, type LineKind, readLine } from './lines.ts'
import { linkAround } from './links.ts'
import { type Callout, calloutAt } from './quotes.ts'
import { type TablePlace, tableAt } from './tables.ts'
import type { Selection } from './text-editor.ts'

/** What the text is at the caret. */
export type Formats = {
  marks: Record<Mark, boolean>
  link: boolean
  line: LineKind | `heading ${number}` | null
  quote: boolean
  callout: Callout | null
  /** The language of the block of code around it, empty where it has none. */
  codeBlock: string | null
  table: TablePlace | null
}

const nothing: Formats = {
  marks: { '**': false, '*': false, '~~': false, '`': false },
  link: false,
  line: null,
  quote: false,
  callout: null,
  codeBlock: null,
  table: null,
}

export function formatsAt(selection: Selection): Formats {
  const { text, start } = selection
  const code = codeBlockAt(text, start)
  if (code) return { ...nothing, codeBlock: code.language }
  const { lead, marker } = readLine(text.slice(lineStart(text, start), lineEnd(text, start)))
  const has = (mark: Mark) => markAround(selection, mark) !== undefined
  return {
    marks: { '**': has('**'), '*': has('*'), '~~': has('~~'), '`': has('`') },
    link: linkAround(selection) !== undefined,
    line: kindOf(marker),
    quote: lead.includes('>'),
    callout: calloutAt(text, start)?.kind ?? null,
    codeBlock: null,
    table: tableAt(text, start) ?? null,
  }
}
