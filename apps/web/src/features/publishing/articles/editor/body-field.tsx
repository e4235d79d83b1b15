import { Field, Textarea } from '@galley/ui/field'
import { type KeyboardEvent, useRef } from 'react'
import { countWords } from './content.ts'
import { applyEdit, Toolbar, tools } from './toolbar.tsx'

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
