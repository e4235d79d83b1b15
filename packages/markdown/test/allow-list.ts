import type { Element } from 'hast'
import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { parseHtml } from './html.ts'

const attributesByElement: Record<string, readonly string[]> = {
  a: [
    'ariaDescribedBy',
    'ariaLabel',
    'className',
    'dataFootnoteBackref',
    'dataFootnoteRef',
    'href',
    'id',
    'rel',
    'title',
  ],
  blockquote: [],
  br: [],
  code: [],
  del: [],
  details: ['open'],
  div: ['ariaLabel', 'className', 'dir', 'role', 'tabIndex'],
  em: [],
  figcaption: [],
  figure: [],
  h2: ['className', 'id'],
  h3: ['id'],
  h4: ['id'],
  h5: ['id'],
  h6: ['id'],
  hr: [],
  img: ['alt', 'decoding', 'height', 'loading', 'sizes', 'src', 'srcSet', 'title', 'width'],
  input: ['ariaLabel', 'checked', 'disabled', 'type'],
  kbd: [],
  li: ['className', 'id'],
  ol: ['className', 'start'],
  p: ['className'],
  picture: [],
  pre: ['className', 'tabIndex'],
  section: ['className', 'dataFootnotes'],
  source: ['sizes', 'srcSet', 'type'],
  span: ['className'],
  strong: [],
  sub: [],
  summary: [],
  sup: [],
  table: [],
  tbody: [],
  td: ['align'],
  th: ['align'],
  thead: [],
  tr: [],
  ul: ['className'],
}

const classes =
  /^(callout|callout-(caution|important|note|tip|title|warning)|contains-task-list|data-footnote-backref|footnotes|heading|heading-link|highlight|sr-only|table-scroll|task-list-item|tok-[a-z]+)$/

const serialiser = unified().use(rehypeStringify)

/**
 * What a browser would find in `html` that Galley never writes: written without a look at the
 * schema that the renderer sanitises by. Empty for good HTML.
 */
export function violations(html: string): string[] {
  const found: string[] = []
  const tree = parseHtml(html)
  const ids = new Set<unknown>()
  visit(tree, (node) => {
    if (node.type === 'root' || node.type === 'text') return
    if (node.type !== 'element') {
      found.push(`a ${node.type} node`)
      return
    }
    found.push(...elementViolations(node))
    const { id } = node.properties
    if (id !== undefined && ids.has(id)) found.push(`the id ${id} twice`)
    ids.add(id)
  })
  if (serialiser.stringify(tree) !== asSerialised(html)) found.push('changes when parsed')
  return found
}

function elementViolations({ tagName, properties }: Element): string[] {
  const allowed = attributesByElement[tagName]
  if (!allowed || !Object.hasOwn(attributesByElement, tagName)) return [`<${tagName}>`]
  return Object.entries(properties)
    .filter(([name, value]) => !allowed.includes(name) || !isGoodValue(name, value))
    .map(([name, value]) => `<${tagName} ${name}=${String(value)}>`)
}

function isGoodValue(name: string, value: unknown): boolean {
  switch (name) {
    case 'id':
      return typeof value === 'string' && value.startsWith('user-content-')
    case 'className':
      return (
        Array.isArray(value) &&
        value.every((item) => typeof item === 'string' && classes.test(item))
      )
    case 'href':
      return ['http:', 'https:', 'mailto:'].includes(protocolOf(value))
    case 'srcSet':
      return /^\/media\/[\da-f-]{36}\/[\w.-]+ \d+w(, \/media\/[\da-f-]{36}\/[\w.-]+ \d+w)*$/.test(
        String(value),
      )
    case 'width':
    case 'height':
      return Number.isInteger(value) && Number(value) > 0
    case 'src':
      return (
        protocolOf(value) === 'https:' &&
        (/^https:\/\//i.test(String(value)) || hostOf(value) === 'page.example')
      )
    default:
      return true
  }
}

function protocolOf(value: unknown): string {
  return URL.parse(String(value), 'https://page.example/dir/')?.protocol ?? 'unparsable'
}

function hostOf(value: unknown): string {
  return URL.parse(String(value), 'https://page.example/dir/')?.host ?? 'unparsable'
}

/** Parsing gives bare attributes an empty value and ends lines with a line feed. */
function asSerialised(html: string): string {
  return html
    .replaceAll(/ (data-footnotes|data-footnote-ref)(?= )/g, ' $1=""')
    .replaceAll(/\r\n?/g, '\n')
}
