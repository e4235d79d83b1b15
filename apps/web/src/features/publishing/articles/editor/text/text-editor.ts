/** What a change of the text takes back, or does again. */
export type UndoStep = 'undo' | 'redo' | undefined

/** Where somebody else is in the text, in lines and columns counted from 1. */
export type OtherCaret = { name: string; line: number; column: number }

/** A text and the part of it that is selected. */
export type Selection = { text: string; start: number; end: number }

/** Replace `start..end` of a text by `insert`. */
export type Part = { start: number; end: number; insert: string }

/** A change of the text, at one place or also at places after it, then what is selected in the result. */
export type Edit = Part & { more?: Part[]; selectStart: number; selectEnd: number }

/**
 * The text of an article in whichever field shows it. Positions count UTF-16 units of `text()`, in which lines end
 * by `\n`.
 */
export type TextEditor = {
  text: () => string
  selection: () => Selection
  hasFocus: () => boolean
  /** Which paragraph the caret is in, counted from 0: blocks between blank lines. */
  paragraph: () => number
  /** Changes the text as typing would, with the focus in it, as one step of undo; null changes nothing. */
  apply: (edit: (selection: Selection) => Edit | null) => void
  /** Replaces a part while the person is busy elsewhere, as a step of undo: caret and focus stay. */
  replace: (part: Part) => void
  /** Shows another state of the text, such as a merge: the caret stays in its words, and undo does not take it back. */
  setText: (text: string) => void
  /** Selects a part, with the focus there, and brings it into view. */
  select: (start: number, end: number) => void
  undo: () => void
  redo: () => void
  /** Opens the field's own search; without it the browser's finds everything. */
  find: (() => void) | undefined
}

/** The result of an edit. */
export function edited(text: string, { start, end, insert, more = [] }: Part & { more?: Part[] }) {
  let result = ''
  let at = 0
  for (const part of [{ start, end, insert }, ...more]) {
    result += text.slice(at, part.start) + part.insert
    at = part.end
  }
  return result + text.slice(at)
}

/** Which block between blank lines a place of a text is in, counted from 0. */
export function paragraphAt(text: string, at: number): number {
  const before = text.slice(0, at).trimStart()
  return Array.from(before.matchAll(/\n[ \t]*\n\s*/g)).length
}
