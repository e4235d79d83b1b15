import type { Element, Root } from 'hast'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'

const parser = unified().use(rehypeParse, { fragment: true })

/** HTML as a browser reads it. */
export function parseHtml(html: string): Root {
  return parser.parse(html)
}

/** The elements with this name, in document order. */
export function elements(html: string, tagName: string): Element[] {
  const found: Element[] = []
  visit(parseHtml(html), 'element', (node) => {
    if (node.tagName === tagName) found.push(node)
  })
  return found
}

/** The classes of the elements with this name, sorted, each once. */
export function classesIn(html: string, tagName: string): string[] {
  const classes = elements(html, tagName).flatMap(({ properties }) => properties.className ?? [])
  return [...new Set(classes.map(String))].toSorted()
}

/** All text of a document. */
export function textIn(html: string): string {
  let text = ''
  visit(parseHtml(html), 'text', (node) => {
    text += node.value
  })
  return text
}
