import type { Element, Root } from 'hast'
import { SKIP, visit } from 'unist-util-visit'

const SITE = 'https://site.invalid'

/**
 * Loads images late, and keeps only those from `https://` or a path of this site; of the others the
 * alternative text stays. The title of an image that stands alone is its caption.
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

/** What is alone in a paragraph stands on its own. */
export function rehypeFigures() {
  return (tree: Root): void => {
    visit(tree, 'element', (node, index, parent) => {
      const [image, ...others] = node.children
      if (node.tagName !== 'p' || !parent || index === undefined || others.length > 0) return
      if (image?.type !== 'element' || image.tagName !== 'img') return
      const { title, ...properties } = image.properties
      if (typeof title !== 'string' || title.trim() === '') return
      parent.children[index] = figure({ ...image, properties }, title)
      return SKIP
    })
  }
}

const figure = (image: Element, caption: string): Element => ({
  type: 'element',
  tagName: 'figure',
  properties: {},
  children: [
    image,
    {
      type: 'element',
      tagName: 'figcaption',
      properties: {},
      children: [{ type: 'text', value: caption }],
    },
  ],
})

function isAllowedSource(src: unknown): boolean {
  if (typeof src !== 'string') return false
  const url = URL.parse(src, SITE)
  return src.startsWith('/') ? url?.origin === SITE : /^https:\/\//i.test(src) && url !== null
}
