import { blockAt } from './blocks.ts'
import { readLine } from './lines.ts'
import type { Edit, Selection } from './text-editor.ts'

export type Mark = '**' | '*' | '~~' | '`'

/** What stands between two marks, from `start` to `end` with the marks, each `size` long. */
export type MarkSpan = { mark: Mark; start: number; end: number; size: number }

/** The marked parts of a block of text. Near enough to CommonMark for what people write by hand. */
function markSpans(block: string): MarkSpan[] {
  const spans: MarkSpan[] = []
  const open: Run[] = []
  for (const token of tokensOf(block)) {
    if ('code' in token) {
      spans.push({ mark: '`', start: token.start, end: token.end, size: token.code })
    } else if (token.closes) {
      close(token, open, spans)
    }
    if (!('code' in token) && token.opens && token.left > 0) open.push(token)
  }
  return spans
}

/** The innermost part with this mark that holds the whole selection. */
export function markAround({ text, start, end }: Selection, mark: Mark): MarkSpan | undefined {
  const block = blockAt(text, start)
  if (end > block.end) return undefined
  const from = start - block.start
  const to = end - block.start
  return markSpans(text.slice(block.start, block.end))
    .filter((span) => span.mark === mark && span.start < from && to < span.end)
    .map((span) => ({
      ...span,
      start: span.start + block.start,
      end: span.end + block.start,
    }))
    .toSorted((one, other) => other.start - one.start)[0]
}

/** Puts `mark` around the selection or the word at the caret, or takes it away where it is there already. */
export function toggleMark(selection: Selection, mark: Mark, sample: string): Edit {
  const { text, start, end } = selection
  const around = markAround(selection, mark) ?? markSelected(selection, mark)
  if (around) {
    const insert = text.slice(around.start + around.size, around.end - around.size)
    const selectStart = Math.max(around.start, start - around.size)
    const selectEnd = Math.min(around.start + insert.length, selectStart + (end - start))
    const whole = start === around.start && end === around.end
    return {
      start: around.start,
      end: around.end,
      insert,
      selectStart,
      selectEnd: whole ? around.start + insert.length : selectEnd,
    }
  }
  const [from, to] = start === end ? wordAt(text, start) : trimmed(text, start, end)
  if (text.slice(from, to).includes('\n')) return markLines({ text, start: from, end: to }, mark)
  const content = text.slice(from, to) || sample
  const selectStart = from + mark.length
  const inWord = start === end && from < to
  return {
    start: from,
    end: to,
    insert: mark + content + mark,
    selectStart: inWord ? start + mark.length : selectStart,
    selectEnd: inWord ? start + mark.length : selectStart + content.length,
  }
}

/** Each line by itself, after what makes it an item or a quote: no mark reaches over these. */
function markLines({ text, start, end }: Selection, mark: Mark): Edit {
  const lines = text.slice(start, end).split('\n')
  const insert = lines
    .map((line) => {
      const { lead, marker, rest } = readLine(line)
      const content = rest.trim()
      return content === '' ? line : `${lead}${marker}${mark}${content}${mark}`
    })
    .join('\n')
  return { start, end, insert, selectStart: start, selectEnd: start + insert.length }
}

function markSelected({ text, start, end }: Selection, mark: Mark): MarkSpan | undefined {
  const span = markSpans(text.slice(start, end)).find((each) => each.mark === mark)
  if (!span || span.start !== 0 || span.end !== end - start) return undefined
  return { ...span, start, end }
}

function wordAt(text: string, at: number): [number, number] {
  let start = at
  while (start > 0 && isOfWord(text[start - 1])) start -= 1
  let end = at
  while (isOfWord(text[end])) end += 1
  return start === at || end === at ? [at, at] : [start, end]
}

/** Halves of characters beyond the first plane among them. */
const isOfWord = (unit = '') => /[\p{L}\p{M}\p{N}\p{Cs}]/u.test(unit)

function trimmed(text: string, start: number, end: number): [number, number] {
  const part = text.slice(start, end)
  if (part.trim() === '') return [start, end]
  return [end - part.trimStart().length, start + part.trimEnd().length]
}

type Run = {
  char: string
  start: number
  end: number
  left: number
  opens: boolean
  closes: boolean
}
type Code = { start: number; end: number; code: number }

/** Runs of marks and parts of code, in order; what is escaped is neither. */
function tokensOf(block: string): (Run | Code)[] {
  const tokens: (Run | Code)[] = []
  for (let at = 0; at < block.length;) {
    const char = block[at] ?? ''
    if (char === '\\') {
      at += 2
      continue
    }
    if (!'*_~`'.includes(char)) {
      at += 1
      continue
    }
    let end = at
    while (block[end] === char) end += 1
    if (char === '`') {
      const close = closingTicks(block, end, end - at)
      if (close !== undefined) tokens.push({ start: at, end: close, code: end - at })
      at = close ?? end
    } else {
      tokens.push(runOf(block, char, at, end))
      at = end
    }
  }
  return tokens
}

function runOf(block: string, char: string, start: number, end: number): Run {
  const before = block[start - 1] ?? ' '
  const after = block[end] ?? ' '
  const isWord = (one: string) => /[\p{L}\p{N}]/u.test(one)
  const inWord = char === '_' && isWord(before) && isWord(after)
  return {
    char,
    start,
    end,
    left: char === '~' && end - start > 2 ? 0 : end - start,
    opens: !inWord && !/\s/.test(after),
    closes: !inWord && !/\s/.test(before),
  }
}

const MOST_TICKS = 16

function closingTicks(block: string, from: number, size: number): number | undefined {
  if (size > MOST_TICKS) return undefined
  const ticks = '`'.repeat(size)
  for (let at = block.indexOf(ticks, from); at !== -1; at = block.indexOf(ticks, at)) {
    let end = at
    while (block[end] === '`') end += 1
    if (end - at === size) return end
    at = end
  }
  return undefined
}

/** Takes from the open runs what this one closes. */
function close(run: Run, open: Run[], spans: MarkSpan[]) {
  while (run.left > 0) {
    const index = open.findLastIndex(({ char, left }) => char === run.char && left > 0)
    const opener = open[index]
    if (!opener) return
    const size =
      run.char === '~' ? Math.min(run.left, opener.left) : run.left > 1 && opener.left > 1 ? 2 : 1
    const mark = run.char === '~' ? '~~' : size === 2 ? '**' : '*'
    const closed = run.end - run.left
    spans.push({ mark, start: opener.start + opener.left - size, end: closed + size, size })
    opener.left -= size
    run.left -= size
    open.length = opener.left > 0 ? index + 1 : index
  }
}
