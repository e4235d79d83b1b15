import type { RefObject } from 'react'
import type { OtherCaret, Selection, TextEditor, UndoStep } from './text-editor.ts'

/** What both fields that can show the text take. */
export type TextFieldProps = {
  /** What it shows first; later states come by `setText`. */
  value: string
  editor: RefObject<TextEditor | null>
  /** For the element that has the focus: id, name, description, state, language. */
  attributes: Record<string, string>
  className: string
  /** Of other people who are in the text; a plain field shows none. */
  others: readonly OtherCaret[]
  onChange: (text: string, step: UndoStep) => void
  onSelect: (selection: Selection) => void
  onFiles: (files: File[]) => void
}
