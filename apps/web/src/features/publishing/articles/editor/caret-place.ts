/** Where one writes: the caret in a Markdown text. */
export type Caret = { text: string; at: number }

/**
 * Which of the rendered blocks, by their texts, shows the line of the caret: one with its words, the nearest to where
 * the caret is in the whole where several have them; where none has, the one at about the same part of the way.
 */
export function findBlock({ text, at }: Caret, blocks: readonly string[]): number {
  const about = Math.min(blocks.length - 1, Math.floor((at / (text.length + 1)) * blocks.length))
  const words = wordsOf(lineAt(text, at))
  if (words === '') return about
  const matches = blocks.flatMap((block, index) => (block.includes(words) ? [index] : []))
  return (
    matches.reduce<number | undefined>((best, index) => nearer(best, index, about), undefined) ??
    about
  )
}

/** The letters and digits of a text, markup and the addresses of links left out. */
export const wordsOf = (text: string) =>
  text
    .replaceAll(/\]\([^()\s]*\)/g, ']')
    .match(/[\p{L}\p{M}\p{N}]+/gu)
    ?.join(' ') ?? ''

function nearer(best: number | undefined, index: number, about: number) {
  return best === undefined || Math.abs(index - about) < Math.abs(best - about) ? index : best
}

/** The line at this place; where it is blank, the one before it that is not. */
function lineAt(text: string, at: number): string {
  const before = text.slice(0, at).trimEnd()
  const isBlank = before.length < at && text.slice(before.length, at).includes('\n')
  const place =
    isBlank &&
    text
      .slice(at)
      .match(/^[^\n]*/)?.[0]
      .trim() === ''
      ? before.length
      : at
  const start = text.lastIndexOf('\n', place - 1) + 1
  const end = text.indexOf('\n', place)
  return text.slice(start, end === -1 ? text.length : end)
}
