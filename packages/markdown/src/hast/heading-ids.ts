import { addressText } from '@galley/contract/text'
import GithubSlugger, { slug } from 'github-slugger'
import type { Root } from 'hast'
import { headingRank } from 'hast-util-heading-rank'
import { toString } from 'hast-util-to-string'
import { visit } from 'unist-util-visit'
import { ID_PREFIX } from './id-prefixes.ts'

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

const wordsOf = (heading: string) => trimHyphens(slug(addressText(heading))) || 'section'

// By hand: a pattern for hyphens at the end takes quadratic time.
function trimHyphens(text: string) {
  let start = 0
  let end = text.length
  while (text[start] === '-') start += 1
  while (end > start && text[end - 1] === '-') end -= 1
  return text.slice(start, end)
}
