import type { PhrasingContent, Root, RootContent, Table } from 'mdast'
import { visit } from 'unist-util-visit'

/**
 * Keeps a comment modest: headings become bold paragraphs, tables lines of text, images their
 * alternative text, footnotes the text that was typed (their ids would repeat between comments).
 */
export function flattenForComment(tree: Root): void {
  visit(tree, (node, index, parent) => {
    if (!parent || index === undefined || node.type === 'root') return
    const replacement = flattened(node)
    if (!replacement) return
    const siblings: RootContent[] = parent.children
    siblings.splice(index, 1, ...replacement)
    return index
  })
}

function flattened(node: RootContent): RootContent[] | undefined {
  switch (node.type) {
    case 'heading':
      return [{ type: 'paragraph', children: [{ type: 'strong', children: node.children }] }]
    case 'image':
    case 'imageReference':
      return [{ type: 'text', value: node.alt ?? '' }]
    case 'table':
      return [{ type: 'paragraph', children: tableLines(node) }]
    case 'footnoteReference':
      return [{ type: 'text', value: `[^${node.label ?? node.identifier}]` }]
    case 'footnoteDefinition': {
      const label: PhrasingContent = {
        type: 'text',
        value: `[^${node.label ?? node.identifier}]: `,
      }
      const [first, ...rest] = node.children
      return first?.type === 'paragraph'
        ? [{ type: 'paragraph', children: [label, ...first.children] }, ...rest]
        : [{ type: 'paragraph', children: [label] }, ...node.children]
    }
    default:
      return undefined
  }
}

function tableLines(table: Table): PhrasingContent[] {
  return table.children.flatMap((row, rowIndex) => [
    ...(rowIndex > 0 ? [{ type: 'break' } as const] : []),
    ...row.children.flatMap((cell, cellIndex) => [
      ...(cellIndex > 0 ? [{ type: 'text', value: ' | ' } as const] : []),
      ...cell.children,
    ]),
  ])
}
