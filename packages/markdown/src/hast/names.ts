import { addressText } from '@galley/contract/text'
import GithubSlugger, { slug } from 'github-slugger'
import type { Root } from 'hast'
import { headingRank } from 'hast-util-heading-rank'
import { toString } from 'hast-util-to-string'
import { SKIP, visit } from 'unist-util-visit'

/** Before every id made from an author's words, against DOM clobbering. */
export const ID_PREFIX = 'user-content-'

/** A slug never holds a full stop, so that no heading can take the id of a footnote. */
export const FOOTNOTE_PREFIX = `${ID_PREFIX}note.`

const LABEL_ID = `${FOOTNOTE_PREFIX}label`

/**
 * Gives each heading an id of its words, as GitHub makes them but of what can be read only: "🗂️ Entities" is
 * `entities`, without the variation selector. One of signs alone is a `section`.
 */
export function rehypeHeadingIds() {
  return (tree: Root): void => {
    const slugger = new GithubSlugger()
    visit(tree, 'element', (node) => {
      if (!headingRank(node) || node.properties.id) return
      node.properties.id = ID_PREFIX + slugger.slug(wordsOf(toString(node)))
    })
  }
}

/** remark-rehype gives the heading of the footnotes a fixed id; this puts it under our prefix. */
export function rehypeFootnoteIds() {
  return (tree: Root): void => {
    visit(tree, 'element', (node) => {
      if (node.properties.id === 'footnote-label') node.properties.id = LABEL_ID
      if (node.properties.ariaDescribedBy) node.properties.ariaDescribedBy = [LABEL_ID]
    })
  }
}

/** Sets the ids of a text, and its links to them, apart from those of other texts on the page. A slug holds no full stop. */
export function scopeIds(tree: Root, scope: string): void {
  const prefix = `${ID_PREFIX}${scope}.`
  const scoped = (id: string) =>
    id.startsWith(ID_PREFIX) ? prefix + id.slice(ID_PREFIX.length) : id
  visit(tree, 'element', ({ properties }) => {
    const { id, href, ariaDescribedBy } = properties
    if (typeof id === 'string') properties.id = scoped(id)
    if (typeof href === 'string' && href.startsWith('#')) {
      properties.href = `#${scoped(href.slice(1))}`
    }
    if (ariaDescribedBy) properties.ariaDescribedBy = [scoped(LABEL_ID)]
  })
}

const wordsOf = (heading: string) => trimHyphens(slug(addressText(heading))) || 'section'

// By hand: a pattern for hyphens at the end takes quadratic time.
function trimHyphens(text: string) {
  let start = 0
  let end = text.length
  while (text[start] === '-') start += 1
  while (end > start && text[end - 1] === '-') end -= 1
  return text.slice(start, end)
}

/** Puts each table into a named region that scrolls by keyboard. Names differ, as landmarks must. */
export function rehypeTables() {
  return (tree: Root): void => {
    let count = 0
    visit(tree, 'element', (node, index, parent) => {
      if (node.tagName !== 'table' || !parent || index === undefined) return
      count += 1
      parent.children[index] = {
        type: 'element',
        tagName: 'div',
        properties: {
          className: ['table-scroll'],
          tabIndex: 0,
          role: 'region',
          ariaLabel: count === 1 ? 'Table' : `Table ${count}`,
        },
        children: [node],
      }
      return SKIP
    })
  }
}

/** Gives the checkbox of a task list an accessible name. */
export function rehypeTasks() {
  return (tree: Root): void => {
    visit(tree, 'element', ({ tagName, properties }) => {
      if (tagName !== 'input') return
      properties.ariaLabel = properties.checked ? 'Completed task' : 'Incomplete task'
    })
  }
}
