import { changedParts } from './changed-parts.ts'
import {
  type Part,
  paragraphAt,
  type Selection,
  type TextEditor,
  type UndoStep,
} from './text-editor.ts'

/** A plain textarea: the browser's own undo takes back what the toolbar does. */
export function textareaEditor(area: HTMLTextAreaElement): TextEditor {
  const selection = (): Selection => ({
    text: area.value,
    start: area.selectionStart,
    end: area.selectionEnd,
  })
  const command = (name: 'undo' | 'redo') => () => {
    area.focus()
    document.execCommand(name)
  }
  return {
    text: () => area.value,
    selection,
    hasFocus: () => document.activeElement === area,
    paragraph: () => paragraphAt(area.value, area.selectionEnd),
    apply(edit) {
      const change = edit(selection())
      area.focus()
      if (!change) return
      for (const part of [...(change.more ?? [])].toReversed()) type(area, part)
      type(area, change)
      area.setSelectionRange(change.selectStart, change.selectEnd)
    },
    replace(part) {
      const { selectionStart, selectionEnd } = area
      const before = document.activeElement
      area.focus({ preventScroll: true })
      type(area, part)
      area.setSelectionRange(moved(selectionStart, part), moved(selectionEnd, part))
      if (before !== area && before instanceof HTMLElement) before.focus({ preventScroll: true })
    },
    setText(text) {
      if (text === area.value) return
      for (const { start, end, insert } of changedParts(area.value, text).toReversed()) {
        area.setRangeText(insert, start, end, 'preserve')
      }
    },
    select(start, end) {
      area.focus()
      area.setSelectionRange(start, end)
      area.scrollIntoView({ block: 'nearest' })
    },
    undo: command('undo'),
    redo: command('redo'),
    find: undefined,
  }
}

/** What the browser's undo did; it keeps every state, also those that meant something for a moment only. */
export function undoStepOf(event: Event): UndoStep {
  if (!(event instanceof InputEvent)) return undefined
  if (event.inputType === 'historyUndo') return 'undo'
  return event.inputType === 'historyRedo' ? 'redo' : undefined
}

function moved(at: number, { start, end, insert }: Part) {
  if (at <= start) return at
  return at >= end ? at + insert.length - (end - start) : start + insert.length
}

/** Changes the text as typing would, so that the browser's own undo takes it back. */
function type(area: HTMLTextAreaElement, { start, end, insert }: Part) {
  area.setSelectionRange(start, end)
  const command = insert === '' ? 'delete' : 'insertText'
  if (start === end && insert === '') return
  if (document.activeElement === area && document.execCommand(command, false, insert)) return
  area.setRangeText(insert, start, end)
  area.dispatchEvent(new Event('input', { bubbles: true }))
}
