import type { Edit, Selection } from './markdown-edits.ts'

/** Changes the text as typing would, so that the browser's own undo takes it back. */
export function applyEdit(area: HTMLTextAreaElement, edit: (selection: Selection) => Edit) {
  const { value: text, selectionStart, selectionEnd } = area
  const change = edit({ text, start: selectionStart, end: selectionEnd })
  area.focus()
  area.setSelectionRange(change.start, change.end)
  type(area, change)
  area.setSelectionRange(change.selectStart, change.selectEnd)
}

/**
 * Replaces a part of the text while the person is busy elsewhere in it, or in another field: the focus and what is
 * selected stay as they are.
 */
export function replacePart(
  area: HTMLTextAreaElement,
  { start, end, insert }: Pick<Edit, 'start' | 'end' | 'insert'>,
) {
  const { selectionStart, selectionEnd } = area
  const before = document.activeElement
  area.focus({ preventScroll: true })
  area.setSelectionRange(start, end)
  type(area, { start, end, insert })
  const moved = (at: number) => {
    if (at <= start) return at
    return at >= end ? at + insert.length - (end - start) : start + insert.length
  }
  area.setSelectionRange(moved(selectionStart), moved(selectionEnd))
  if (before !== area && before instanceof HTMLElement) before.focus({ preventScroll: true })
}

function type(
  area: HTMLTextAreaElement,
  { start, end, insert }: Pick<Edit, 'start' | 'end' | 'insert'>,
) {
  const command = insert === '' ? 'delete' : 'insertText'
  if (document.activeElement === area && document.execCommand(command, false, insert)) return
  area.setRangeText(insert, start, end)
  area.dispatchEvent(new Event('input', { bubbles: true }))
}

/**
 * Undo and redo pass over a state of the text that `isOver`: the browser keeps every one of them, also those that meant
 * something for a moment only.
 */
export function passOver(
  area: HTMLTextAreaElement,
  event: Event,
  isOver: (text: string) => boolean,
) {
  const type = event instanceof InputEvent ? event.inputType : ''
  const command = { historyUndo: 'undo', historyRedo: 'redo' }[type]
  if (command === undefined || !isOver(area.value)) return
  // Each step is an input of its own, and comes here again.
  document.execCommand(command)
}
