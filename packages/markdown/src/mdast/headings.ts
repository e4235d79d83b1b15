import type { Heading, Root } from 'mdast'
import { visit } from 'unist-util-visit'

/** The page owns the only `h1`: where the author wrote one, every heading moves one level down, at most to six. */
export function shiftHeadings(tree: Root): void {
  const headings: Heading[] = []
  visit(tree, 'heading', (node) => void headings.push(node))
  if (!headings.some(({ depth }) => depth === 1)) return
  for (const heading of headings) heading.depth = shifted[heading.depth]
}

const shifted: Record<Heading['depth'], Heading['depth']> = { 1: 2, 2: 3, 3: 4, 4: 5, 5: 6, 6: 6 }
