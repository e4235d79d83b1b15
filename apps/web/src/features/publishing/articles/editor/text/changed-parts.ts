import { diffArrays } from 'diff'
import type { Part } from './text-editor.ts'

/** More lines than these replaced at once are replaced as one part. */
const MOST_CHANGED_LINES = 1_000

/** The parts in which two states of a text differ, in order, each as short as its lines allow. */
export function changedParts(before: string, after: string): Part[] {
  const changes = diffArrays(linesOf(before), linesOf(after), { maxEditLength: MOST_CHANGED_LINES })
  if (!changes) return [shortened(before, { start: 0, end: before.length, insert: after })]
  const parts: Part[] = []
  let at = 0
  let open: Part | undefined
  for (const { added, removed, value } of changes) {
    const text = value.join('')
    if (!added && !removed) {
      if (open) parts.push(shortened(before, open))
      open = undefined
      at += text.length
      continue
    }
    open ??= { start: at, end: at, insert: '' }
    if (added) open.insert += text
    else at = open.end += text.length
  }
  if (open) parts.push(shortened(before, open))
  return parts
}

/** With their ends, so that the lines of a text make it up. */
const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** Without what its beginning and its end have in common with what they replace. */
function shortened(text: string, { start, end, insert }: Part): Part {
  let from = 0
  const most = Math.min(end - start, insert.length)
  while (from < most && text[start + from] === insert[from]) from += 1
  let to = 0
  while (to < most - from && text[end - 1 - to] === insert[insert.length - 1 - to]) to += 1
  return { start: start + from, end: end - to, insert: insert.slice(from, insert.length - to) }
}
