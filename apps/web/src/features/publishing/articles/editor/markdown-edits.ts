/** A text and the part of it that is selected. */
export type Selection = { text: string; start: number; end: number }

/** Replace `start..end` of the text by `insert`, then select `selectStart..selectEnd` of the result. */
export type Edit = {
  start: number
  end: number
  insert: string
  selectStart: number
  selectEnd: number
}

/** Puts `mark` around the selection, or takes it away where it is there already. */
export function toggleMark({ text, start, end }: Selection, mark: string, sample: string): Edit {
  const before = start - mark.length
  const wrapped =
    before >= 0 && text.slice(before, start) === mark && text.slice(end, end + mark.length) === mark
  const inner = text.slice(start, end)
  if (wrapped) {
    return {
      start: before,
      end: end + mark.length,
      insert: inner,
      selectStart: before,
      selectEnd: before + inner.length,
    }
  }
  const content = inner || sample
  const selectStart = start + mark.length
  return {
    start,
    end,
    insert: mark + content + mark,
    selectStart,
    selectEnd: selectStart + content.length,
  }
}

/** Puts `prefix` before each selected line, or takes it away where every one has it. */
export function togglePrefix({ text, start, end }: Selection, prefix: string): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const after = text.indexOf('\n', end)
  const to = after === -1 ? text.length : after
  const lines = text.slice(from, to).split('\n')
  const all = lines.every((line) => line.startsWith(prefix))
  const insert = lines.map((line) => (all ? line.slice(prefix.length) : prefix + line)).join('\n')
  return { start: from, end: to, insert, selectStart: from, selectEnd: from + insert.length }
}

/** Makes the selection the text of a link and selects the place of its address. */
export function insertLink({ text, start, end }: Selection): Edit {
  const label = text.slice(start, end) || 'text'
  const selectStart = start + label.length + 3
  const address = 'https://'
  return {
    start,
    end,
    insert: `[${label}](${address})`,
    selectStart,
    selectEnd: selectStart + address.length,
  }
}

/** Puts the selection into a fenced block of its own lines. */
export function insertCodeBlock({ text, start, end }: Selection): Edit {
  const code = text.slice(start, end) || 'code'
  const lead = start === 0 || text[start - 1] === '\n' ? '' : '\n'
  const insert = `${lead}\`\`\`\n${code}\n\`\`\`\n`
  const selectStart = start + lead.length + 4
  return { start, end, insert, selectStart, selectEnd: selectStart + code.length }
}
