import type { Edit, Selection } from './text-editor.ts'

/** A reference at the caret to a note at the end of the text, where the caret goes. */
export function insertFootnote({ text, end }: Selection): Edit {
  const numbers = Array.from(text.matchAll(/\[\^(\d{1,6})\]/g), ([, number]) => Number(number))
  const mark = `[^${Math.max(0, ...numbers) + 1}]`
  const note = `${gapBeforeNote(text)}${mark}: `
  const insert = end === text.length ? mark + note : mark
  const last = text.length + mark.length + note.length
  return {
    start: end,
    end,
    insert,
    ...(end < text.length && { more: [{ start: text.length, end: text.length, insert: note }] }),
    selectStart: last,
    selectEnd: last,
  }
}

/** Notes stand together, below a blank line. */
function gapBeforeNote(text: string): string {
  const body = text.trimEnd()
  const lastLine = body.slice(body.lastIndexOf('\n') + 1)
  const wanted = /^\[\^[^\]\s]{1,100}\]:/.test(lastLine) ? 1 : 2
  const there = text.slice(body.length).split('\n').length - 1
  return '\n'.repeat(Math.max(0, wanted - there))
}
