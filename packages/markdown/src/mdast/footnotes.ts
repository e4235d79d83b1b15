import type { FootnoteReference, Link, LinkReference, Root } from 'mdast'
import { visit } from 'unist-util-visit'

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
