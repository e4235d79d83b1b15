import { Field, Textarea } from '@galley/ui/field'
import {
  Bold,
  Code,
  Heading2,
  ImagePlus,
  Italic,
  Link2,
  List,
  ListOrdered,
  Quote,
  SquareCode,
} from 'lucide-react'
import { FilePicker } from '../../../platform/media/file-picker.tsx'
import type { KeyboardEvent, ReactNode, RefObject } from 'react'
import { UploadRows } from '../../../platform/media/upload-rows.tsx'
import { applyEdit } from './area-edits.ts'
import { countWords } from './content.ts'
import {
  type Edit,
  insertCodeBlock,
  insertLink,
  type Selection,
  toggleMark,
  togglePrefix,
} from './markdown-edits.ts'
import { type BodyPictures, filesOf } from './use-body-pictures.ts'
import { useDrop } from '../../../platform/media/use-drop.ts'

type BodyFieldProps = {
  value: string
  error: string | undefined
  area: RefObject<HTMLTextAreaElement | null>
  pictures: BodyPictures
  onChange: (value: string) => void
  onCaret: (at: number) => void
  /** What stands between the text and its count of words. */
  children: ReactNode
}

/**
 * The Markdown. A plain textarea: undo, spelling, dictation, phones and screen readers work as everywhere,
 * and it needs no script of its own.
 */
export function BodyField({
  value,
  error,
  area,
  pictures,
  onChange,
  onCaret,
  children,
}: BodyFieldProps) {
  const dragging = useDrop(pictures.upload)
  const words = countWords(value)
  return (
    <div className="flex flex-col gap-2">
      <Field label="Text" hint="Markdown" error={error}>
        <div className="sticky top-16 z-10 bg-paper py-1">
          <Toolbar area={area}>
            <FilePicker
              label="Picture files"
              button="Add pictures"
              multiple
              onFiles={pictures.upload}
              className={toolClass}
            >
              <ImagePlus aria-hidden="true" className="size-4.5" />
            </FilePicker>
          </Toolbar>
        </div>
        <Textarea
          ref={area}
          value={value}
          onChange={({ currentTarget: { value: text, selectionStart }, nativeEvent }) => {
            onChange(text)
            onCaret(selectionStart)
            pictures.afterInput(nativeEvent)
          }}
          onPaste={(event) => {
            const files = filesOf(event.clipboardData)
            if (files.length === 0) return
            event.preventDefault()
            pictures.upload(files)
          }}
          onSelect={(event) => onCaret(event.currentTarget.selectionStart)}
          onKeyDown={runShortcut}
          spellCheck
          className={`min-h-[55vh] font-mono text-[0.9375rem] leading-relaxed ${dragging ? 'border-ink bg-accent-wash' : ''}`}
        />
      </Field>
      <UploadRows list={pictures.list} uploads={pictures.uploads} />
      {children}
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

const toolClass =
  'inline-flex size-10 items-center justify-center rounded-sm text-soft hover:bg-sunken hover:text-ink'

type ToolbarProps = { area: RefObject<HTMLTextAreaElement | null>; children: ReactNode }

/** Markdown for those who do not know it by heart. */
function Toolbar({ area, children }: ToolbarProps) {
  return (
    <div role="group" aria-label="Formatting" className="-mx-1.5 flex flex-wrap">
      {tools.map(({ label, key, Icon, edit }) => (
        <button
          key={label}
          type="button"
          aria-label={label}
          title={key ? `${label} (Ctrl+${key.toUpperCase()})` : label}
          onClick={() => area.current && applyEdit(area.current, edit)}
          className={toolClass}
        >
          <Icon aria-hidden="true" className="size-4.5" />
        </button>
      ))}
      {children}
    </div>
  )
}
