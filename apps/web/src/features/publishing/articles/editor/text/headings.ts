import { codeBlocks } from './blocks.ts'

export type Heading = { level: number; text: string; at: number }

const atx = /^ {0,3}(#{1,6})[ \t]+([^\n]*)$/gm

/** The headings of a text, those in code left out. */
export function headingsOf(text: string): Heading[] {
  const code = codeBlocks(text)
  return Array.from(text.matchAll(atx)).flatMap((match) => {
    const [whole, marks = '', title = ''] = match
    if (code.some(({ start, end }) => match.index >= start && match.index < end)) return []
    const at = match.index + whole.length
    return [{ level: marks.length, text: plain(title), at }]
  })
}

/** The index of the heading whose part of the text holds a place; -1 before the first. */
export const headingAt = (headings: readonly Heading[], text: string, at: number) =>
  headings.findLastIndex((heading) => text.lastIndexOf('\n', heading.at - 1) < at)

/** As readers see it, near enough for a list. */
const plain = (title: string) =>
  title
    .replace(/[ \t]#+[ \t]*$/, '')
    .replaceAll(/\]\([^()\s]*\)/g, '')
    .replaceAll(/[*_`~[\]]/g, '')
    .trim() || 'Untitled'
