import { toMdast } from 'hast-util-to-mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown } from 'mdast-util-to-markdown'
import { safeTree } from './safe-tree.ts'
import { tidyMarks, tightenLists } from './tidy.ts'

export type Pasted = {
  markdown: string
  /** Whether it needs paragraphs of its own. */
  isBlock: boolean
  pictures: File[]
}

/** Longer HTML is pasted as plain text. */
const LONGEST_HTML = 4_000_000

/**
 * The Markdown of HTML from the clipboard; null where its plain text says as much, or where it is too much. Nothing of
 * it is run or loaded. `origin` is this site's.
 */
export function markdownOf(html: string, origin: string): Pasted | null {
  if (html.length > LONGEST_HTML) return null
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const tree = safeTree(body, origin)
  if (!tree?.isFormatted) return null
  tidyMarks(tree.root)
  const mdast = toMdast(tree.root)
  tightenLists(mdast)
  const markdown = toMarkdown(mdast, {
    bullet: '-',
    emphasis: '*',
    fences: true,
    listItemIndent: 'one',
    resourceLink: true,
    rule: '-',
    // Padded columns would make a long cell as many times as there are rows.
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
  }).trim()
  const isBlock = /\n/.test(markdown) || /^(?:#|>|[-*+] |\d+[.)] |```|\|)/.test(markdown)
  return { markdown, isBlock, pictures: tree.pictures }
}
