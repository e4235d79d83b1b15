import {
  Bold,
  Code,
  Heading2,
  Italic,
  Link2,
  List,
  ListOrdered,
  Quote,
  SquareCode,
} from 'lucide-react'
import type { RefObject } from 'react'
import {
  type Edit,
  insertCodeBlock,
  insertLink,
  type Selection,
  toggleMark,
  togglePrefix,
} from './markdown-edits.ts'

type Tool = { label: string; key?: string; Icon: typeof Bold; edit: (selection: Selection) => Edit }

export const tools: Tool[] = [
  { label: 'Bold', key: 'b', Icon: Bold, edit: (at) => toggleMark(at, '**', 'bold') },
  { label: 'Italic', key: 'i', Icon: Italic, edit: (at) => toggleMark(at, '*', 'italic') },
  { label: 'Link', key: 'k', Icon: Link2, edit: insertLink },
  { label: 'Heading', Icon: Heading2, edit: (at) => togglePrefix(at, '## ') },
  { label: 'Quote', Icon: Quote, edit: (at) => togglePrefix(at, '> ') },
  { label: 'Bulleted list', Icon: List, edit: (at) => togglePrefix(at, '- ') },
  { label: 'Numbered list', Icon: ListOrdered, edit: (at) => togglePrefix(at, '1. ') },
  { label: 'Code', Icon: Code, edit: (at) => toggleMark(at, '`', 'code') },
  { label: 'Code block', Icon: SquareCode, edit: insertCodeBlock },
]

/** Markdown for those who do not know it by heart. */
export function Toolbar({ area }: { area: RefObject<HTMLTextAreaElement | null> }) {
  return (
    <div role="group" aria-label="Formatting" className="-mx-1.5 flex flex-wrap">
      {tools.map(({ label, key, Icon, edit }) => (
        <button
          key={label}
          type="button"
          aria-label={label}
          title={key ? `${label} (Ctrl+${key.toUpperCase()})` : label}
          onClick={() => area.current && applyEdit(area.current, edit)}
          className="inline-flex size-10 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-ink"
        >
          <Icon aria-hidden="true" className="size-4.5" />
        </button>
      ))}
    </div>
  )
}

/** Changes the text as typing would, so that the browser's own undo takes it back. */
export function applyEdit(area: HTMLTextAreaElement, edit: Tool['edit']) {
  const { value: text, selectionStart, selectionEnd } = area
  const change = edit({ text, start: selectionStart, end: selectionEnd })
  area.focus()
  area.setSelectionRange(change.start, change.end)
  const typed = document.execCommand('insertText', false, change.insert)
  if (!typed) {
    area.setRangeText(change.insert, change.start, change.end)
    area.dispatchEvent(new Event('input', { bubbles: true }))
  }
  area.setSelectionRange(change.selectStart, change.selectEnd)
}
