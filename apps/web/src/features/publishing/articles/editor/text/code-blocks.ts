import { codeBlockAt } from './blocks.ts'
import type { Edit, Selection } from './text-editor.ts'

/** Puts the selection into a fenced block of its own lines, or takes the fences around it away. */
export function toggleCodeBlock({ text, start, end }: Selection): Edit {
  const block = codeBlockAt(text, start)
  if (block && end <= block.end) {
    const insert = text.slice(block.codeStart, block.codeEnd)
    const selectEnd = block.start + insert.length
    return { start: block.start, end: block.end, insert, selectStart: block.start, selectEnd }
  }
  const code = text.slice(start, end) || 'code'
  const lead = start === 0 || text[start - 1] === '\n' ? '' : '\n'
  const fence = '`'.repeat(Math.max(3, longestRun(code) + 1))
  const insert = `${lead}${fence}\n${code}\n${fence}\n`
  const selectStart = start + lead.length + fence.length + 1
  return { start, end, insert, selectStart, selectEnd: selectStart + code.length }
}

/** Names the language of the block around the caret. */
export function setLanguage({ text, start, end }: Selection, name: string): Edit | null {
  const block = codeBlockAt(text, start)
  if (!block) return null
  const insert = name.replaceAll(/[^\w#+.-]/g, '')
  const { languageStart, language } = block
  const moved = (at: number) =>
    at <= languageStart ? at : Math.max(languageStart, at + insert.length - language.length)
  return {
    start: languageStart,
    end: languageStart + language.length,
    insert,
    selectStart: moved(start),
    selectEnd: moved(end),
  }
}

const longestRun = (code: string) =>
  Math.max(0, ...Array.from(code.matchAll(/`+/g), ([run]) => run.length))
