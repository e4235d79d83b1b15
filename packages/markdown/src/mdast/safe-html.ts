import type { Emphasis, Html, Nodes, Paragraph, PhrasingContent, Root, RootContent } from 'mdast'
import { SKIP, visit } from 'unist-util-visit'

/**
 * Takes the few tags that authors may write, as pairs and without attributes: `<kbd>`, `<sub>` and `<sup>` in a line,
 * `<details>` with `<summary>` around blocks. They become nodes here, so that no HTML is ever parsed; what is not
 * closed, or closed out of order, stays the text that was typed.
 */
export function takeSafeHtml(tree: Root): void {
  visit(tree, (node) => {
    if (!('children' in node) || !node.children.some(isHtml)) return
    const siblings: RootContent[] = node.children
    const taken = flowParents.has(node.type) ? takeDetails(siblings) : takeInline(siblings)
    siblings.splice(0, siblings.length, ...taken)
  })
}

const flowParents = new Set(['root', 'blockquote', 'listItem', 'footnoteDefinition'])

const isHtml = (node: Nodes): node is Html => node.type === 'html'

/** Deeper ones stay as they were typed. */
const MAX_DEPTH = 10

type Frame = { tag: string; typed: RootContent; children: RootContent[] }

function takeInline(siblings: readonly RootContent[]): RootContent[] {
  const bottom: RootContent[] = []
  const frames: Frame[] = []
  const top = () => frames.at(-1)?.children ?? bottom
  for (const node of siblings) {
    const [, slash, name = ''] = (isHtml(node) && /^<(\/?)(kbd|sub|sup)>$/i.exec(node.value)) || []
    const tag = name.toLowerCase()
    if (tag && slash === '' && frames.length < MAX_DEPTH) {
      frames.push({ tag, typed: node, children: [] })
    } else if (tag && slash === '/' && frames.at(-1)?.tag === tag) {
      const children = frames.pop()?.children ?? []
      top().push(inline(tag, children))
    } else top().push(node)
  }
  return [...bottom, ...frames.flatMap(({ typed, children }) => [typed, ...children])]
}

/** What is in a line holds only what may be in one. */
const inline = (hName: string, children: RootContent[]): Emphasis => ({
  type: 'emphasis',
  data: { hName },
  children: children as PhrasingContent[],
})

type Part = { open: boolean } | 'close' | { summary: string } | RootContent

function takeDetails(siblings: readonly RootContent[]): RootContent[] {
  const bottom: RootContent[] = []
  const frames: RootContent[][] = []
  for (const part of siblings.flatMap(partsOf)) {
    const top = frames.at(-1) ?? bottom
    if (part === 'close') {
      if (!frames.pop()) return [...siblings]
    } else if ('open' in part) {
      if (frames.length >= MAX_DEPTH) return [...siblings]
      const children: RootContent[] = []
      top.push(details(part.open, children))
      frames.push(children)
    } else if ('summary' in part) {
      if (frames.length === 0 || top.length > 0) return [...siblings]
      top.push(summary(part.summary))
    } else top.push(part)
  }
  return frames.length > 0 ? [...siblings] : bottom
}

/** Itself, for a node that is not made of these tags and text alone. */
function partsOf(node: RootContent): Part[] {
  if (!isHtml(node) || !/^\s*<\/?details\b/i.test(node.value)) return [node]
  const pieces = node.value.split(/(<details(?: open)?>|<\/details>|<summary>[^<]*<\/summary>)/i)
  const texts = pieces.filter((_, index) => index % 2 === 0)
  if (texts.some((text) => text.includes('<'))) return [node]
  return pieces.flatMap((piece, index) => (index % 2 === 0 ? textPart(piece) : [tagPart(piece)]))
}

const textPart = (text: string): Paragraph[] => (text.trim() === '' ? [] : [paragraph(text.trim())])

function tagPart(tag: string): Part {
  const name = tag.toLowerCase()
  if (name === '</details>') return 'close'
  if (name.startsWith('<details')) return { open: name.includes('open') }
  return { summary: tag.slice('<summary>'.length, -'</summary>'.length).trim() }
}

const details = (open: boolean, children: RootContent[]): RootContent => ({
  type: 'blockquote',
  data: { hName: 'details', ...(open && { hProperties: { open } }) },
  children: children as Paragraph[],
})

const summary = (text: string): Paragraph => ({ ...paragraph(text), data: { hName: 'summary' } })

const paragraph = (value: string): Paragraph => ({
  type: 'paragraph',
  children: [{ type: 'text', value }],
})

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

function isComment({ value }: Html): boolean {
  const text = value.trim()
  return text.startsWith('<!--') && text.indexOf('-->') === text.length - 3
}

function asPhrasing({ value }: Html): PhrasingContent {
  return /^<br ?\/?>$/i.test(value) ? { type: 'break' } : { type: 'text', value }
}
