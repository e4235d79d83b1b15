import { Field, Textarea } from '@galley/ui/field'
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
import { type KeyboardEvent, type RefObject, useRef } from 'react'
import { countWords } from './content.ts'
import {
  type Edit,
  insertCodeBlock,
  insertLink,
  type Selection,
  toggleMark,
  togglePrefix,
} from './markdown-edits.ts'

type BodyFieldProps = {
  value: string
  error: string | undefined
  onChange: (value: string) => void
  onCaret: (at: number) => void
}

/**
 * The Markdown. A plain textarea: undo, spelling, dictation, phones and screen readers work as everywhere,
 * and it needs no script of its own.
 */
export function BodyField({ value, error, onChange, onCaret }: BodyFieldProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const words = countWords(value)
  return (
    <div className="flex flex-col gap-2">
      <Field label="Text" hint="Markdown" error={error}>
        <div className="sticky top-16 z-10 bg-paper py-1">
          <Toolbar area={area} />
        </div>
        <Textarea
          ref={area}
          value={value}
          onChange={({ currentTarget: { value: text, selectionStart } }) => {
            onChange(text)
            onCaret(selectionStart)
          }}
          onSelect={(event) => onCaret(event.currentTarget.selectionStart)}
          onKeyDown={runShortcut}
          spellCheck
          className="min-h-[55vh] font-mono text-[0.9375rem] leading-relaxed"
        />
      </Field>
      <p className="text-xs text-soft tabular-nums">
        {words} {words === 1 ? 'word' : 'words'}
      </p>
    </div>
  )
}

function runShortcut(event: KeyboardEvent<HTMLTextAreaElement>) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
  const tool = tools.find(({ key }) => key === event.key.toLowerCase())
  if (!tool) return
  event.preventDefault()
  applyEdit(event.currentTarget, tool.edit)
}

type Tool = { label: string; key?: string; Icon: typeof Bold; edit: (selection: Selection) => Edit }

const tools: Tool[] = [
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
function Toolbar({ area }: { area: RefObject<HTMLTextAreaElement | null> }) {
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
function applyEdit(area: HTMLTextAreaElement, edit: Tool['edit']) {
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
