import type { Html, PhrasingContent, Root, RootContent } from 'mdast'
import { SKIP, visit } from 'unist-util-visit'

/**
 * Shows raw HTML as the text that was typed, so that nothing an author wrote is lost and nothing
 * of it is markup. `<br>` breaks the line, a comment disappears.
 */
export function showRawHtml(tree: Root): void {
  visit(tree, 'html', (node, index, parent) => {
    if (!parent || index === undefined) return
    const shown = isComment(node) ? [] : [asPhrasing(node)]
    const replacement: RootContent[] =
      shown.length > 0 && flowParents.has(parent.type)
        ? [{ type: 'paragraph', children: shown }]
        : shown
    const siblings: RootContent[] = parent.children
    siblings.splice(index, 1, ...replacement)
    return [SKIP, index + replacement.length]
  })
}

const flowParents = new Set(['root', 'blockquote', 'listItem', 'footnoteDefinition'])

function isComment({ value }: Html): boolean {
  const text = value.trim()
  return text.startsWith('<!--') && text.indexOf('-->') === text.length - 3
}

function asPhrasing({ value }: Html): PhrasingContent {
  return /^<br ?\/?>$/i.test(value) ? { type: 'break' } : { type: 'text', value }
}
