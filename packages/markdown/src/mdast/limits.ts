import type { Nodes, Root, Table } from 'mdast'
import { MarkdownTooComplex } from '../errors.ts'

const MAX_DEPTH = 100
const MAX_TABLE_CELLS = 50_000
const MAX_REFERENCE_CHARACTERS = 500_000

/**
 * Refuses what a short text can blow up into: nesting that overflows the stack, table rows padded
 * to the width of the header, and long URLs repeated by reference (cmark-gfm has the same limits).
 * Walks without recursion, for the depth is not known yet.
 *
 * @throws {MarkdownTooComplex} naming the limit
 */
export function assertWithinLimits(tree: Root): void {
  const urlLengths = new Map<string, number>()
  const references: string[] = []
  let cells = 0

  const pending: { node: Nodes; depth: number }[] = [{ node: tree, depth: 0 }]
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, depth } = next
    if (depth > MAX_DEPTH) {
      throw new MarkdownTooComplex(`The text is nested deeper than ${MAX_DEPTH} levels`)
    }
    if (node.type === 'table') cells += paddedCells(node)
    if (node.type === 'linkReference' || node.type === 'imageReference') {
      references.push(node.identifier)
    }
    if (node.type === 'definition') {
      urlLengths.set(node.identifier, node.url.length + (node.title?.length ?? 0))
    }
    if ('children' in node) {
      for (const child of node.children) pending.push({ node: child, depth: depth + 1 })
    }
  }

  if (cells > MAX_TABLE_CELLS) {
    throw new MarkdownTooComplex(`The tables have more than ${MAX_TABLE_CELLS} cells`)
  }
  const expanded = references.reduce((sum, id) => sum + (urlLengths.get(id) ?? 0), 0)
  if (expanded > MAX_REFERENCE_CHARACTERS) {
    throw new MarkdownTooComplex(
      `The reference links expand to more than ${MAX_REFERENCE_CHARACTERS} characters`,
    )
  }
}

function paddedCells(table: Table): number {
  return table.children.length * (table.align?.length ?? 1)
}
