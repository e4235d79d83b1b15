import { useImperativeHandle, useRef } from 'react'
import { filesOf } from '../use-body-pictures.ts'
import type { TextEditor } from './text-editor.ts'
import { textareaEditor, undoStepOf } from './textarea-editor.ts'
import type { TextFieldProps } from './text-field.ts'

/**
 * The text in a plain textarea: until the other field is loaded, and for those who prefer it. Undo, spelling, dictation
 * and screen readers work as everywhere.
 */
export function PlainText(props: TextFieldProps) {
  const { value, editor, attributes, className, onChange, onSelect, onFiles } = props
  const area = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle<TextEditor | null, TextEditor | null>(
    editor,
    () => area.current && textareaEditor(area.current),
    [],
  )
  const select = ({ value: text, selectionStart, selectionEnd }: HTMLTextAreaElement) =>
    onSelect({ text, start: selectionStart, end: selectionEnd })
  return (
    <textarea
      ref={area}
      {...attributes}
      spellCheck
      defaultValue={value}
      onChange={({ currentTarget, nativeEvent }) => {
        onChange(currentTarget.value, undoStepOf(nativeEvent))
        select(currentTarget)
      }}
      onPaste={(event) => {
        const files = filesOf(event.clipboardData)
        if (files.length === 0) return
        event.preventDefault()
        onFiles(files)
      }}
      onSelect={(event) => select(event.currentTarget)}
      className={`field-sizing-content min-h-[55vh] w-full resize-none bg-transparent outline-none ${className}`}
    />
  )
}
