import type { Blockquote, Paragraph, Root } from 'mdast'
import { visit } from 'unist-util-visit'

/** A quote that begins with a line of `[!NOTE]`, `[!TIP]` and so on, as GitHub has them, becomes a titled box. */
export function markCallouts(tree: Root): void {
  visit(tree, 'blockquote', (quote) => {
    const kind = quote.data ? undefined : takeMarker(quote)
    if (kind === undefined) return
    quote.data = {
      hName: 'div',
      hProperties: { className: ['callout', `callout-${kind}`], role: 'note' },
    }
    quote.children.unshift(titleOf(kind))
  })
}

const marker = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i

/** The kind, where there is one and something stands below it; its line is gone then. */
function takeMarker({ children }: Blockquote): string | undefined {
  const [first, ...others] = children
  if (first?.type !== 'paragraph') return undefined
  const [text, ...rest] = first.children
  const match = text?.type === 'text' ? marker.exec(text.value) : null
  if (!match || text?.type !== 'text') return undefined
  const left = text.value.slice(match[0].length)
  const endsLine = match[0].endsWith('\n') || rest.length === 0
  if (!endsLine || (left === '' && rest.length === 0 && others.length === 0)) return undefined
  text.value = left
  if (left === '' && rest.length === 0) children.shift()
  return match[1]?.toLowerCase()
}

const titleOf = (kind: string): Paragraph => ({
  type: 'paragraph',
  data: { hProperties: { className: ['callout-title'] } },
  children: [{ type: 'text', value: kind.slice(0, 1).toUpperCase() + kind.slice(1) }],
})
