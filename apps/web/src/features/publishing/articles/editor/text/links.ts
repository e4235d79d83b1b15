import { blockAt } from './blocks.ts'
import type { Edit, Selection } from './text-editor.ts'

/** A link as people write it, from `start` to `end`; `text` is what readers see. */
type Link = { start: number; end: number; text: string }

const links = /(!?)\[((?:[^[\]\\\n]|\\.){0,1000})\]\([^()\s]{0,2000}(?: "[^"\n]{0,500}")?\)/g

export function linkAround({ text, start, end }: Selection): Link | undefined {
  const block = blockAt(text, start)
  if (end > block.end) return undefined
  for (const match of text.slice(block.start, block.end).matchAll(links)) {
    const [whole, picture = '', label = ''] = match
    const from = block.start + match.index
    const to = from + whole.length
    if (picture === '' && from <= start && end <= to) return { start: from, end: to, text: label }
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
