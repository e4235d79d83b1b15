import type {
  Blockquote,
  FootnoteReference,
  Heading,
  Link,
  LinkReference,
  Paragraph,
  Root,
} from 'mdast'
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

/**
 * Gives footnotes the identifiers 1, 2, 3 in the order of their first reference: the author's own
 * become ids in the page, where `[^a-2]` and the second reference to `[^a]` would be the same.
 */
export function numberFootnotes(tree: Root): void {
  const numbers = new Map<string, string>()
  const number = (node: { identifier: string }) => {
    const key = node.identifier.toUpperCase()
    const known = numbers.get(key) ?? String(numbers.size + 1)
    numbers.set(key, known)
    node.identifier = known
  }
  visit(tree, 'footnoteReference', number)
  visit(tree, 'footnoteDefinition', number)
}

/** Puts footnote references inside the text of a link behind the link, for HTML has no link in a link. */
export function moveFootnotesOutOfLinks(tree: Root): void {
  visit(tree, (node, index, parent) => {
    if (node.type !== 'link' && node.type !== 'linkReference') return
    parent?.children.splice((index ?? 0) + 1, 0, ...takeFootnotes(node))
  })
}

function takeFootnotes(link: Link | LinkReference): FootnoteReference[] {
  const taken: FootnoteReference[] = []
  visit(link, 'footnoteReference', (node, index, parent) => {
    if (!parent || index === undefined) return
    taken.push(node)
    parent.children.splice(index, 1)
    return index
  })
  return taken
}

/** The page owns the only `h1`: where the author wrote one, every heading moves one level down, at most to six. */
export function shiftHeadings(tree: Root): void {
  const headings: Heading[] = []
  visit(tree, 'heading', (node) => void headings.push(node))
  if (!headings.some(({ depth }) => depth === 1)) return
  for (const heading of headings) heading.depth = shifted[heading.depth]
}

const shifted: Record<Heading['depth'], Heading['depth']> = { 1: 2, 2: 3, 3: 4, 4: 5, 5: 6, 6: 6 }
