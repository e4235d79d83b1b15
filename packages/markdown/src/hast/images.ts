import type { Root } from 'hast'
import { visit } from 'unist-util-visit'

const SITE = 'https://site.invalid'

/**
 * Loads images late, and keeps only those from `https://` or a path of this site; of the others the
 * alternative text stays.
 */
export function rehypeImages() {
  return (tree: Root): void => {
    visit(tree, 'element', (node, index, parent) => {
      if (node.tagName !== 'img' || !parent || index === undefined) return
      if (isAllowedSource(node.properties.src)) {
        node.properties.loading = 'lazy'
        node.properties.decoding = 'async'
      } else {
        parent.children[index] = { type: 'text', value: node.properties.alt ?? '' }
      }
    })
  }
}

function isAllowedSource(src: unknown): boolean {
  if (typeof src !== 'string') return false
  const url = URL.parse(src, SITE)
  return src.startsWith('/') ? url?.origin === SITE : /^https:\/\//i.test(src) && url !== null
}
