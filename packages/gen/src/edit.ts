/** A place in a text: before the first `line` that comes after a line which begins with `from`. */
export type Place = { from?: string; line: string }

/** The text with lines added before that place; throws where there is no such place. */
export function insertBefore(text: string, { from = '', line }: Place, added: string): string {
  const lines = text.split('\n')
  const start = lines.findIndex((each) => each.startsWith(from))
  const at = start < 0 ? -1 : lines.findIndex((each, index) => index >= start && each === line)
  if (at < 0) throw new Error(`there is no line "${line}"${from && ` after "${from}"`}`)
  return lines.toSpliced(at, 0, ...added.split('\n')).join('\n')
}

/** The text with a line added among those that match, which are sorted: after the last that comes before it. */
export function insertSorted(text: string, like: RegExp, line: string): string {
  const lines = text.split('\n')
  const before = lines.findLastIndex((each) => like.test(each) && each < line)
  const first = lines.findIndex((each) => like.test(each))
  if (first < 0) throw new Error(`there is no line like ${like.source}`)
  return lines.toSpliced(before < 0 ? first : before + 1, 0, line).join('\n')
}
