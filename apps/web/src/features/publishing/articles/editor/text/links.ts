import { blockAt } from './blocks.ts'
import type { Edit, Selection } from './text-editor.ts'

/** A link as people write it, from `start` to `end`; `text` is what readers see. */
type Link = { start: number; end: number; text: string }

/** From the end of the text of a link on. */
const targets = /\]\([^()\n]*\)/g

export function linkAround({ text, start, end }: Selection): Link | undefined {
  const block = blockAt(text, start)
  if (end > block.end) return undefined
  const content = text.slice(block.start, block.end)
  for (const { 0: target, index } of content.matchAll(targets)) {
    const from = openingOf(content, index)
    const to = block.start + index + target.length
    if (from === undefined || block.start + from > start || end > to) continue
    return { start: block.start + from, end: to, text: content.slice(from + 1, index) }
  }
  return undefined
}

const LONGEST_LINK = 1_000

/** Where the bracket opens that closes at a place; undefined where it is a picture's, or none. */
function openingOf(content: string, close: number): number | undefined {
  for (let at = close - 1; at >= Math.max(0, close - LONGEST_LINK); at--) {
    const char = content[at]
    if (content[at - 1] === '\\') continue
    if (char === '[') return content[at - 1] === '!' ? undefined : at
    if (char === ']' || char === '\n') return undefined
  }
  return undefined
}

const address = /^(?:https?:\/\/|mailto:)[^\s<>]+$/i

export const isAddress = (text: string) => text.length <= 2_000 && address.test(text)

/** Makes the selection the text of a link and selects the place of its address; of a link, leaves only its text. */
export function toggleLink(selection: Selection): Edit {
  const link = linkAround(selection)
  if (link) {
    const { start, end, text } = link
    return { start, end, insert: text, selectStart: start, selectEnd: start + text.length }
  }
  const { text, start, end } = selection
  const selected = text.slice(start, end)
  if (isAddress(selected)) {
    const insert = linkTo(selected, 'text')
    return { start, end, insert, selectStart: start + 1, selectEnd: start + 5 }
  }
  const label = selected || 'text'
  const placeholder = 'https://'
  const selectStart = start + label.length + 3
  return {
    start,
    end,
    insert: `[${label}](${placeholder})`,
    selectStart,
    selectEnd: selectStart + placeholder.length,
  }
}

/** The Markdown of a link; its text is Markdown already. */
export const linkTo = (url: string, text: string) =>
  `[${text}](${url.replaceAll(/[()]/g, (char) => (char === '(' ? '%28' : '%29'))})`
