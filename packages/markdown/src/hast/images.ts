import type { Element, ElementContent, Root } from 'hast'
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

/** What is alone in a paragraph stands on its own: a picture of the media library, or any with a caption. */
export function rehypeFigures() {
  return (tree: Root): void => {
    visit(tree, 'element', (node, index, parent) => {
      const [shown, ...others] = node.children
      if (node.tagName !== 'p' || !parent || index === undefined || others.length > 0) return
      const image = shown && imageOf(shown)
      if (shown?.type !== 'element' || !image) return
      const { title } = image.properties
      const caption = typeof title === 'string' ? title.trim() : ''
      if (caption === '' && shown === image) return
      delete image.properties.title
      parent.children[index] = figure(shown, caption)
      return SKIP
    })
  }
}

function imageOf(node: ElementContent): Element | undefined {
  if (node.type !== 'element') return undefined
  if (node.tagName === 'img') return node
  const last = node.tagName === 'picture' ? node.children.at(-1) : undefined
  return last && imageOf(last)
}

const figure = (image: Element, caption: string): Element => ({
  type: 'element',
  tagName: 'figure',
  properties: {},
  children: [image, ...(caption === '' ? [] : [figcaption(caption)])],
})

const figcaption = (caption: string): Element => ({
  type: 'element',
  tagName: 'figcaption',
  properties: {},
  children: [{ type: 'text', value: caption }],
})

function isAllowedSource(src: unknown): boolean {
  if (typeof src !== 'string') return false
  const url = URL.parse(src, SITE)
  return src.startsWith('/') ? url?.origin === SITE : /^https:\/\//i.test(src) && url !== null
}
