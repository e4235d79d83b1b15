import type { Element, ElementContent } from 'hast'
import type { Nodes } from 'mdast'

type Parent = { children: ElementContent[] }

const marks = new Set(['strong', 'em', 'del'])

/**
 * Marks as Markdown can write them: without spaces at their ends, none that are empty, and one where documents have
 * several beside each other. As deep as the tree is, which is bounded.
 */
export function tidyMarks(parent: Parent): void {
  parent.children = joined(parent.children).flatMap((child) => {
    if (child.type !== 'element') return [child]
    tidyMarks(child)
    return marks.has(child.tagName) ? withoutEndSpaces(child) : [child]
  })
}

function joined(children: ElementContent[]): ElementContent[] {
  const result: ElementContent[] = []
  for (const child of children) {
    const before = result.at(-1)
    if (child.type === 'element' && marks.has(child.tagName) && isSameMark(before, child)) {
      before.children.push(...child.children)
    } else result.push(child)
  }
  return result
}

const isSameMark = (before: ElementContent | undefined, mark: Element): before is Element =>
  before?.type === 'element' && before.tagName === mark.tagName

function withoutEndSpaces(mark: Element): ElementContent[] {
  const first = mark.children[0]
  const last = mark.children.at(-1)
  const lead = first?.type === 'text' ? takeLead(first) : ''
  const trail = last?.type === 'text' ? takeTrail(last) : ''
  mark.children = mark.children.filter((child) => child.type !== 'text' || child.value !== '')
  return [
    ...(lead === '' ? [] : [{ type: 'text' as const, value: lead }]),
    ...(mark.children.length === 0 ? [] : [mark]),
    ...(trail === '' ? [] : [{ type: 'text' as const, value: trail }]),
  ]
}

function takeLead(text: { value: string }) {
  const rest = text.value.trimStart()
  const lead = text.value.slice(0, text.value.length - rest.length)
  text.value = rest
  return lead
}

function takeTrail(text: { value: string }) {
  const rest = text.value.trimEnd()
  const trail = text.value.slice(rest.length)
  text.value = rest
  return trail
}

/** Items with one paragraph stand in lines below each other, also where they hold lists. */
export function tightenLists(node: Nodes): void {
  if (node.type === 'list') node.spread = false
  if (node.type === 'listItem') {
    node.spread = node.children.filter(({ type }) => type !== 'list').length > 1
  }
  if ('children' in node) for (const child of node.children) tightenLists(child)
}
