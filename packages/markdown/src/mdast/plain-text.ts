import { eld } from 'eld/extrasmall'
import type { Nodes, Root } from 'mdast'

/**
 * The words of a document without its markup: blocks and table rows on lines of their own, cells
 * apart by a tab, code as it is, images by their alternative text.
 */
export function toPlainText(tree: Root): string {
  return textOf(tree).trim()
}

function textOf(node: Nodes): string {
  switch (node.type) {
    case 'text':
    case 'inlineCode':
    case 'code':
      return node.value
    case 'image':
    case 'imageReference':
      return node.alt ?? ''
    case 'break':
      return '\n'
    case 'root':
    case 'blockquote':
    case 'list':
    case 'listItem':
    case 'table':
    case 'footnoteDefinition':
      return joined(node.children, '\n')
    case 'tableRow':
      return joined(node.children, '\t')
    default:
      return 'children' in node ? joined(node.children, '') : ''
  }
}

function joined(nodes: Nodes[], separator: string): string {
  return nodes
    .map(textOf)
    .filter((text) => text !== '' || separator === '\t')
    .join(separator)
}

/** What is looked at: a language shows in a few sentences. */
const LENGTH = 2000

/** The language of a text as a BCP 47 tag (`en`, `ar`), null where none is recognised: a formula, a few words. */
export function detectLanguage(text: string): string | null {
  const found = eld.detect(text.slice(0, LENGTH))
  return found.isReliable() ? found.language : null
}
