import { mentionsIn } from '@galley/contract/publishing/mentions'
import type { Link, PhrasingContent, Root, RootContent } from 'mdast'
import { SKIP, visit } from 'unist-util-visit'
import type { People } from '../rendered.ts'

/**
 * Makes links to people of the names that `people` has, but not in code or in links. Returns the names that it found, each
 * once, in their order.
 */
export function linkMentions(tree: Root, people: People): string[] {
  const names = new Set<string>()
  visit(tree, (node, index, parent) => {
    if (node.type === 'link' || node.type === 'linkReference') return SKIP
    if (node.type !== 'text' || !parent || index === undefined) return
    const parts = linked(node.value, people)
    if (parts.length === 0) return
    for (const { name } of parts) names.add(name)
    const siblings: RootContent[] = parent.children
    const replacement = withText(node.value, parts)
    siblings.splice(index, 1, ...replacement)
    return [SKIP, index + replacement.length]
  })
  return [...names]
}

type Part = { name: string; start: number; end: number; link: Link }

const linked = (text: string, people: People): Part[] =>
  mentionsIn(text).flatMap(({ username: name, start, end }) => {
    const username = Object.hasOwn(people, name) ? people[name] : undefined
    if (username === undefined) return []
    const children: Link['children'] = [{ type: 'text', value: `@${username}` }]
    const link: Link = { type: 'link', url: `/authors/${username}`, children }
    return [{ name, start, end, link }]
  })

function withText(text: string, parts: readonly Part[]): PhrasingContent[] {
  let at = 0
  const nodes = parts.flatMap(({ start, end, link }): PhrasingContent[] => {
    const before = text.slice(at, start)
    at = end
    return [{ type: 'text', value: before }, link]
  })
  return [...nodes, { type: 'text', value: text.slice(at) }]
}
