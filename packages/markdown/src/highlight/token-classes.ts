import type { ElementContent } from 'hast'
import type { ShikiTransformer } from 'shiki/core'
import { tokenKinds } from './theme.ts'

const kinds = new Set(tokenKinds)

/**
 * Turns the colours of `theme` into classes: `pre.highlight > code` holds text and `span.tok-*`,
 * with no inline style and no element for plain text.
 */
export const tokenClasses: ShikiTransformer = {
  name: 'galley:token-classes',
  tokens: (lines) =>
    lines.map((tokens) =>
      tokens.map(({ content, offset, color = '' }) => ({
        content,
        offset,
        ...(kinds.has(color) && { htmlAttrs: { class: `tok-${color}` } }),
      })),
    ),
  line(node) {
    node.children = node.children.flatMap(unwrapPlain)
  },
  code(node) {
    node.children = node.children.flatMap((child) =>
      child.type === 'element' ? child.children : child,
    )
  },
  pre(node) {
    node.properties = { class: 'highlight', tabindex: '0' }
  },
}

function unwrapPlain(node: ElementContent): ElementContent | ElementContent[] {
  return node.type === 'element' && !node.properties.class ? node.children : node
}
