/** Longer ones are not looked at for what is around the caret. */
const LONGEST_BLOCK = 20_000

/** The lines around a place up to blank ones. */
export function blockAt(text: string, at: number): { start: number; end: number } {
  const nearest = Math.max(0, at - LONGEST_BLOCK)
  const furthest = Math.min(text.length, at + LONGEST_BLOCK)
  let start = lineStart(text, at)
  if (isBlankLine(text, start, lineEnd(text, at))) return { start, end: lineEnd(text, at) }
  while (start > nearest && !isBlankLine(text, lineStart(text, start - 1), start - 1)) {
    start = lineStart(text, start - 1)
  }
  let end = lineEnd(text, at)
  while (end < furthest && !isBlankLine(text, end + 1, lineEnd(text, end + 1))) {
    end = lineEnd(text, end + 1)
  }
  return { start: Math.max(start, nearest), end: Math.min(end, furthest) }
}

export const lineStart = (text: string, at: number) =>
  at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1

export function lineEnd(text: string, at: number) {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

const isBlankLine = (text: string, start: number, end: number) =>
  text.slice(start, end).trim() === ''

/** A fenced block of code: its lines with both fences, and where its language stands. */
export type CodeBlock = {
  start: number
  end: number
  /** Of the lines between the fences, with the line breaks around them left out. */
  codeStart: number
  codeEnd: number
  languageStart: number
  language: string
}

const fences = /^[ \t>]*(`{3,}|~{3,})([^\n]*)$/gm

/** The fenced blocks of a text; one that is not closed ends with the text. */
export function codeBlocks(text: string): CodeBlock[] {
  const blocks: CodeBlock[] = []
  let open: { block: CodeBlock; fence: string } | undefined
  for (const match of text.matchAll(fences)) {
    const [line, fence = '', info = ''] = match
    const lineStop = match.index + line.length
    if (!open) {
      if (fence.startsWith('`') && info.includes('`')) continue
      const language = info.trim().split(/\s/, 1)[0] ?? ''
      const languageStart = lineStop - info.length + info.indexOf(language)
      const codeStart = Math.min(text.length, lineStop + 1)
      const end = text.length
      const block = { start: match.index, end, codeStart, codeEnd: end, languageStart, language }
      open = { block, fence }
    } else if (fence.startsWith(open.fence) && info.trim() === '') {
      const codeEnd = Math.max(open.block.codeStart, match.index - 1)
      blocks.push({ ...open.block, codeEnd, end: lineStop })
      open = undefined
    }
  }
  if (open) blocks.push(open.block)
  return blocks
}

export const codeBlockAt = (text: string, at: number) =>
  codeBlocks(text).find(({ start, end }) => at >= start && at <= end)
