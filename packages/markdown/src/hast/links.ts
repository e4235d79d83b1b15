import type { ElementContent, Root } from 'hast'
import { SKIP, visit } from 'unist-util-visit'
import { ID_PREFIX } from './names.ts'

const SITE = 'https://site.invalid'
const REL = ['nofollow', 'noopener', 'ugc']

/**
 * Marks links that leave the site (all links, where `everyLink`), points `#some-heading` at the
 * prefixed id of that heading, names links without text, and unwraps links without an address.
 * Addresses are judged by the WHATWG URL parser, as browsers do: `/\host` is another host.
 */
export function rehypeLinks({ everyLink }: { everyLink: boolean }) {
  return (tree: Root): void => {
    const ids = idsOf(tree)
    visit(tree, 'element', (node, index, parent) => {
      if (node.tagName !== 'a' || !parent || index === undefined) return
      const { href } = node.properties
      const url = typeof href === 'string' ? URL.parse(href, SITE) : null
      if (typeof href !== 'string' || !url || !allowedProtocols.has(url.protocol)) {
        parent.children.splice(index, 1, ...node.children)
        return [SKIP, index]
      }
      if (everyLink || isExternal(href, url)) node.properties.rel = REL
      const target = ID_PREFIX + decodedFragment(href)
      if (ids.has(target)) node.properties.href = `#${encodeURIComponent(target)}`
      if (!node.children.some(hasText)) node.properties.ariaLabel = href
    })
  }
}

const allowedProtocols = new Set(['http:', 'https:', 'mailto:'])

function isExternal(href: string, url: URL): boolean {
  return url.protocol !== 'mailto:' && (url.origin !== SITE || /^https?:/i.test(href))
}

function idsOf(tree: Root): Set<string> {
  const ids = new Set<string>()
  visit(tree, 'element', ({ properties }) => {
    if (typeof properties.id === 'string') ids.add(properties.id)
  })
  return ids
}

function decodedFragment(href: string): string {
  if (!href.startsWith('#')) return ''
  try {
    return decodeURIComponent(href.slice(1))
  } catch {
    return ''
  }
}

function hasText(node: ElementContent): boolean {
  if (node.type === 'text') return node.value.trim() !== ''
  if (node.type !== 'element') return false
  return node.tagName === 'img' ? Boolean(node.properties.alt) : node.children.some(hasText)
}
