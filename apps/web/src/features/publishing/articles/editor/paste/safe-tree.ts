import type { Element, ElementContent, Root } from 'hast'
import { pictureOf } from './pasted-picture.ts'

/** What the clipboard had, without anything but text, marks, links and our own pictures, as a tree. */
export type SafeTree = {
  root: Parent & Root
  /** Pictures that were in the HTML itself. */
  pictures: File[]
  /** Whether there is more than paragraphs of plain text. */
  isFormatted: boolean
}

const MOST_NODES = 6_000
const MOST_TEXT = 150_000
const DEEPEST = 40
const MOST_CELLS = 5_000

const kept = new Set(
  'p br h1 h2 h3 h4 h5 h6 blockquote hr pre code ul ol li table thead tbody tr th td a strong em del'.split(
    ' ',
  ),
)
const renamed: Record<string, string> = {
  b: 'strong',
  i: 'em',
  s: 'del',
  strike: 'del',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
  tfoot: 'tbody',
}
const dropped = new Set(
  (
    'head meta title link script style template noscript iframe object embed svg math canvas video audio source ' +
    'button input select textarea datalist colgroup caption'
  ).split(' '),
)
const containers = new Set(
  'div section article main header footer aside figure figcaption dl dt dd address'.split(' '),
)
const blockInside =
  'p, div, ul, ol, table, blockquote, pre, h1, h2, h3, h4, h5, h6, section, article'

type Parent = { children: ElementContent[] }
type Step = { node: Node; into: Parent; depth: number; inLink: boolean }

/**
 * Takes over what a text can have, element by element; null where there is more than a person pastes. Without recursion:
 * hostile HTML costs as much as its length.
 */
export function safeTree(body: HTMLElement, origin: string): SafeTree | null {
  const parent: Parent = { children: [] }
  const pictures: File[] = []
  let isFormatted = false
  let nodes = 0
  let length = 0
  const steps: Step[] = []
  const later = (node: Node, step: Omit<Step, 'node'>) => {
    for (let child = node.lastChild; child && nodes <= MOST_NODES; child = child.previousSibling) {
      nodes += 1
      steps.push({ ...step, node: child })
    }
  }
  later(body, { into: parent, depth: 0, inLink: false })
  for (let step = steps.pop(); step; step = steps.pop()) {
    const { node, into, depth, inLink } = step
    if (node instanceof Text) {
      length += node.data.length
      if (length > MOST_TEXT) return null
      into.children.push({ type: 'text', value: node.data })
      continue
    }
    if (!(node instanceof HTMLElement) || dropped.has(node.localName) || isHidden(node)) continue
    if (node instanceof HTMLImageElement) {
      const picture = pictureOf(node, { origin, inLink })
      if (picture instanceof File) pictures.push(picture)
      else if (picture) into.children.push(picture)
      isFormatted ||= picture !== null
      continue
    }
    const names = depth < DEEPEST ? namesOf(node, inLink) : []
    let inner = into
    for (const name of names) {
      const element: Element = {
        type: 'element',
        tagName: name,
        properties: propertiesOf(node, name),
        children: [],
      }
      inner.children.push(element)
      inner = element
    }
    isFormatted ||= names.some((name) => name !== 'p' && name !== 'br')
    later(node, {
      into: inner,
      depth: depth + names.length,
      inLink: inLink || names.includes('a'),
    })
    if (nodes > MOST_NODES) return null
  }
  return { root: { type: 'root', children: parent.children }, pictures, isFormatted }
}

/** Which elements stand for it in the text, outermost first. */
function namesOf(node: HTMLElement, inLink: boolean): string[] {
  const name = renamed[node.localName] ?? node.localName
  if (name === 'a') return !inLink && addressOf(node) !== null ? ['a'] : []
  if (name === 'table') return isWithin(node) ? ['table'] : []
  if (['thead', 'tbody', 'tr', 'th', 'td'].includes(name) && !isWithin(node.closest('table'))) {
    return name === 'tr' ? ['p'] : []
  }
  // Documents wrap all they copy in a `b` that is not bold.
  if (name === 'strong' && /font-weight:\s*(?:normal|[1-4]00)/.test(styleOf(node))) return []
  if (containers.has(name)) return node.querySelector(blockInside) === null ? ['p'] : []
  if (kept.has(name)) return [name]
  return name === 'span' || name === 'font' ? marksOf(styleOf(node)) : []
}

function marksOf(style: string): string[] {
  return [
    /font-weight:\s*(?:bold|[6-9]00)/.test(style) && 'strong',
    /font-style:\s*italic/.test(style) && 'em',
    style.includes('line-through') && 'del',
  ].filter((name) => name !== false)
}

function propertiesOf(node: HTMLElement, name: string): Element['properties'] {
  if (name === 'a') return { href: addressOf(node) ?? '' }
  if (name === 'ol') return { start: Number.parseInt(node.getAttribute('start') ?? '1', 10) || 1 }
  const language = languageOf(node)
  return name === 'code' && language !== '' ? { className: [`language-${language}`] } : {}
}

/** As what highlights code names it in a class. */
function languageOf({ classList }: HTMLElement): string {
  const named = [...classList].find((each) => /^lang(?:uage)?-/.test(each)) ?? ''
  return named
    .slice(named.indexOf('-') + 1, 60)
    .replaceAll(/[^\w#+-]/g, '')
    .slice(0, 30)
}

const schemes = new Set(['http:', 'https:', 'mailto:'])

/** Where a link leads, if that is a place that a text may link to. */
function addressOf(node: HTMLElement): string | null {
  const href = node.getAttribute('href') ?? ''
  if (href.length > 2_000 || !URL.canParse(href)) return null
  const url = new URL(href)
  return schemes.has(url.protocol) ? url.href : null
}

/** A table whose rows, all made as long as the longest, are not too many cells. */
function isWithin(table: HTMLElement | null): boolean {
  if (!(table instanceof HTMLTableElement)) return false
  const known = sizes.get(table)
  if (known !== undefined) return known
  const rows = [...table.rows]
  const widest = Math.max(0, ...rows.slice(0, MOST_CELLS).map(({ cells }) => cells.length))
  const fits = rows.length * widest <= MOST_CELLS
  sizes.set(table, fits)
  return fits
}

const sizes = new WeakMap<HTMLTableElement, boolean>()

const styleOf = (node: HTMLElement) =>
  (node.getAttribute('style') ?? '').slice(0, 2_000).toLowerCase()

const isHidden = (node: HTMLElement) => node.hidden || /display:\s*none/.test(styleOf(node))
