import type { Link, PhrasingContent, Root, RootContent } from 'mdast'
import { SKIP, visit } from 'unist-util-visit'

/**
 * Ends bare links where Chinese or Japanese punctuation begins, which GFM takes for a part of the address: writers of
 * these scripts put no space behind it. Letters stay in the link, for addresses hold them.
 */
export function endBareLinks(tree: Root, markdown: string): void {
  visit(tree, 'link', (link, index, parent) => {
    const [text] = link.children
    if (!parent || index === undefined || text?.type !== 'text' || !isBare(link, markdown)) return
    if (!cjkPunctuation.test(text.value)) return
    const replacement = linkify(text.value)
    const siblings: RootContent[] = parent.children
    siblings.splice(index, 1, ...replacement)
    return [SKIP, index + replacement.length]
  })
}

const cjkPunctuation =
  /[\u3000-\u3003\u3008-\u3011\u3014-\u301F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65\u2018-\u201F\u2026]/

function isBare({ position }: Link, markdown: string): boolean {
  const offset = position?.start.offset
  return offset !== undefined && /[hw]/i.test(markdown.charAt(offset))
}

const address = /(?:https?:\/\/|www\.)[\p{L}\p{N}]/iu

function linkify(text: string): PhrasingContent[] {
  const nodes: PhrasingContent[] = []
  let rest = text
  for (let match = address.exec(rest); match; match = address.exec(rest)) {
    const before = rest.slice(0, match.index)
    const from = rest.slice(match.index)
    const end = from.search(cjkPunctuation)
    const url = withoutTrailing(end === -1 ? from : from.slice(0, end))
    if (before) nodes.push({ type: 'text', value: before })
    nodes.push(bareLink(url))
    rest = from.slice(url.length)
  }
  return rest ? [...nodes, { type: 'text', value: rest }] : nodes
}

const bareLink = (text: string): Link => ({
  type: 'link',
  url: /^www\./i.test(text) ? `http://${text}` : text,
  children: [{ type: 'text', value: text }],
})

/** GFM, "extended autolink path validation": no punctuation at the end, no closing bracket without its opening one. */
function withoutTrailing(url: string): string {
  let end = url.length
  let unopened = url.split(')').length - url.split('(').length
  for (; end > 0; end -= 1) {
    const last = url.charAt(end - 1)
    if (last === ')' && unopened > 0) unopened -= 1
    else if (!'?!.,:*_~\'"'.includes(last)) break
  }
  return url.slice(0, end)
}
