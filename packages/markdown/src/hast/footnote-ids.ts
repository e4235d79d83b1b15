import type { Root } from 'hast'
import { visit } from 'unist-util-visit'
import { FOOTNOTE_PREFIX } from './id-prefixes.ts'

const LABEL_ID = `${FOOTNOTE_PREFIX}label`

/** remark-rehype gives the heading of the footnotes a fixed id; this puts it under our prefix. */
export function rehypeFootnoteIds() {
  return (tree: Root): void => {
    visit(tree, 'element', (node) => {
      if (node.properties.id === 'footnote-label') node.properties.id = LABEL_ID
      if (node.properties.ariaDescribedBy) node.properties.ariaDescribedBy = [LABEL_ID]
    })
  }
}
