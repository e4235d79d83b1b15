import type { Element, ElementContent, Root } from 'hast'
import { headingRank } from 'hast-util-heading-rank'
import { SKIP, visit } from 'unist-util-visit'
import type { Heading } from '../rendered.ts'

/** In a text of thousands the links would be most of the HTML. */
const MAX_LINKED = 200

/** In characters; the rest of a longer one is in the text alone. */
const MAX_TEXT = 200

/**
 * Puts a link to itself behind each heading that has words, up to 200 of them. Returns those that structure the text: not
 * those inside of quotes, lists and boxes. Behind and not inside, since the words of the link are no words of the heading;
 * without text of its own, since the search reads the text of the HTML.
 */
export function linkHeadings(tree: Root): Heading[] {
  const headings: Heading[] = []
  let linked = 0
  visit(tree, 'element', (node, index, parent) => {
    const level = headingRank(node)
    const { id } = node.properties
    if (!level || typeof id !== 'string' || !parent || index === undefined) return
    const text = wordsOf(node)
    const isOfFootnotes = node.properties.className !== undefined
    if (isOfFootnotes || text === '' || linked >= MAX_LINKED) return
    linked += 1
    parent.children[index] = withLink(node, id, text)
    if (parent === tree) headings.push({ id, text, level })
    return SKIP
  })
  return headings
}

const withLink = (heading: Element, id: string, text: string): Element => ({
  type: 'element',
  tagName: 'div',
  // So that the link is at the end of the heading also where that runs the other way than the text.
  properties: { className: ['heading'], dir: 'auto' },
  children: [
    heading,
    {
      type: 'element',
      tagName: 'a',
      properties: {
        className: ['heading-link'],
        href: `#${encodeURIComponent(id)}`,
        ariaLabel: `Link to “${text}”`,
      },
      children: [],
    },
  ],
})

function wordsOf(heading: Element): string {
  const words = heading.children.map(textOf).join('').replaceAll(/\s+/g, ' ').trim()
  return words.length > MAX_TEXT
    ? `${Array.from(words)
        .slice(0, MAX_TEXT - 1)
        .join('')}…`
    : words
}

/** With what pictures show, without the numbers of footnotes. */
function textOf(node: ElementContent): string {
  if (node.type === 'text') return node.value
  if (node.type !== 'element' || 'dataFootnoteRef' in node.properties) return ''
  if (node.tagName === 'img') return altOf(node)
  return node.children.map(textOf).join('')
}

const altOf = ({ properties: { alt } }: Element) => (typeof alt === 'string' ? alt : '')
