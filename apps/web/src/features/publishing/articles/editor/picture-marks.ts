import { pictureAddress, pictureReference } from '@galley/contract/publishing/pictures'
import type { Edit } from './text/text-editor.ts'

/** A picture of the media library where a text shows it. */
export type PictureMark = {
  start: number
  end: number
  id: string
  alt: string
  decorative: boolean
  caption: string
}

/** From the end of the alternative text on; `"` and `\` of a caption are escaped. */
const target = /\]\((\/media\/[\da-f-]{36}(?:#decorative)?)(?: "((?:[^"\\\n]|\\.){0,2000})")?\)/gi

/** As far before the address an alternative text may begin. */
const LONGEST_ALT = 2_000

/** The pictures of the media library that a Markdown text shows as the editor writes them, in their order. */
export function pictureMarks(markdown: string): PictureMark[] {
  return Array.from(markdown.matchAll(target)).flatMap((match) => {
    const [whole, url = '', caption = ''] = match
    const reference = pictureReference(url)
    const from = Math.max(0, match.index - LONGEST_ALT)
    const before = markdown.slice(from, match.index)
    const opening = before.lastIndexOf('![')
    if (!reference || opening === -1) return []
    const alt = before.slice(opening + 2)
    if (/(^|[^\\])[[\]]/.test(alt)) return []
    const start = from + opening
    return {
      ...reference,
      start,
      end: match.index + whole.length,
      alt: plain(alt).trim(),
      caption: plain(caption),
    }
  })
}

/** The Markdown of a picture. */
export function pictureMarkdown({
  id,
  alt,
  decorative,
  caption,
}: Omit<PictureMark, 'start' | 'end'>) {
  const title = caption === '' ? '' : ` "${escaped(caption)}"`
  return `![${decorative ? '' : escaped(alt)}](${pictureAddress({ id, decorative })}${title})`
}

/** Whether somebody who cannot see it learns nothing of it from the text. */
export const lacksAlt = ({ alt, decorative }: PictureMark) => alt === '' && !decorative

const plain = (markdown: string) => markdown.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')

const escaped = (text: string) =>
  text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<>&~"]/g, String.raw`\$&`)

/** What stands in the text until a picture has arrived. */
export const placeholderOf = ({ key, name }: { key: string; name: string }) =>
  `![Uploading ${name
    .replaceAll(/[^\p{L}\p{M}\p{N} .-]+/gu, ' ')
    .trim()
    .slice(0, 60)}…](upload-${key})`

/** Pictures that have not arrived, or never will: the page was closed while they were on their way. */
export const hasPlaceholder = (markdown: string) => /…\]\(upload-[\da-f]{8}\)/.test(markdown)

/** Puts blocks into a text, in paragraphs of their own, and the caret after them. */
export function insertBlocks(blocks: string[]) {
  return ({ text, start, end }: { text: string; start: number; end: number }): Edit => {
    const lead = gap(text.slice(Math.max(0, start - 2), start))
    const trail = gap(
      Array.from(text.slice(end, end + 2))
        .toReversed()
        .join(''),
    )
    const insert = `${lead}${blocks.join('\n\n')}${trail}`
    const at = start + insert.length
    return { start, end, insert, selectStart: at, selectEnd: at }
  }
}

/** What lacks between a text that ends so, or begins so read backwards, and a new paragraph. */
function gap(beside: string): string {
  if (beside === '' || beside === '\n\n') return ''
  return beside.endsWith('\n') ? '\n' : '\n\n'
}
